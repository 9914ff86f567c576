import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { routeHash } from "@/app/route";
import { PRACTICE_LOGIN } from "@/platform/fake/samples";
import { openWindow } from "@/testing/render";
import { dayWords } from "./statusWords";

function openCatalogue(id?: string) {
  window.location.hash = routeHash({ screen: "catalogue", ...(id ? { id } : {}) });
  return openWindow();
}

describe("catalogue", () => {
  test("C6: found with a typo, added, and what is still to be filled in is the first thing to see", async () => {
    const { user, platform } = openCatalogue();
    await user.type(await screen.findByRole("searchbox", { name: "Search the catalogue" }), "slck");
    const detail = await screen.findByRole("region", { name: "Slack" });
    await user.click(within(detail).getByRole("button", { name: "Add to my connectors" }));
    expect(await screen.findByText("Still to be filled in: client_id.")).toBeInTheDocument();
    expect(platform.stored.size).toBe(1);
    await user.type(screen.getByRole("textbox", { name: "Value of client_id" }), "1234.5678");
    await waitFor(() => expect(screen.queryByText(/Still to be filled in/)).not.toBeInTheDocument());
  });

  test("a secret stays to be filled in until it is in the vault", async () => {
    const { user, platform } = openCatalogue("stripe");
    const detail = await screen.findByRole("region", { name: "Stripe" });
    await user.click(within(detail).getByRole("button", { name: "Add to my connectors" }));
    expect(await screen.findByText("Still to be filled in: secret_key.")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Set secret_key" }));
    await user.type(screen.getByLabelText("Value"), "rk_test_1{Enter}");
    await waitFor(() => expect(screen.queryByText(/Still to be filled in/)).not.toBeInTheDocument());
    const [stored] = [...platform.stored.values()];
    expect(stored?.secrets.get("secret_key")).toBe("rk_test_1");
    expect(stored?.document).not.toContain("rk_test_1");
  });

  test("where nothing is to be filled in the editor opens at the first step", async () => {
    const { user } = openCatalogue("jira-server");
    const detail = await screen.findByRole("region", { name: "Jira Server" });
    await user.click(within(detail).getByRole("button", { name: "Add to my connectors" }));
    await screen.findByRole("button", { name: "Test auth steps" });
    expect(screen.queryByRole("heading", { name: "Variables" })).not.toBeInTheDocument();
  });

  test("redirect addresses are copied, and pages open in the browser", async () => {
    const { user, platform } = openCatalogue("slack");
    const detail = await screen.findByRole("region", { name: "Slack" });
    await user.click(within(detail).getByRole("button", { name: "Copy http://localhost:28478/callback" }));
    await waitFor(() => expect(platform.clipboard).toBe("http://localhost:28478/callback"));
    await user.click(within(detail).getByRole("button", { name: "Open api.slack.com" }));
    await user.click(within(detail).getByRole("button", { name: "The provider's documentation" }));
    expect(platform.links).toEqual([
      "https://api.slack.com/apps",
      "https://docs.slack.dev/authentication/using-pkce",
    ]);
  });

  test("each entry says in words how far it was tried, and when, before what is to be done", async () => {
    openCatalogue("slack");
    const list = await screen.findByRole("listbox", { name: "Ready-made connectors" });
    const slack = within(list).getByTestId("entry-slack");
    expect(slack).toHaveTextContent("OAuth 2.0 with PKCE");
    expect(slack).toHaveTextContent("Communication");
    // In the list only what is not the rule; the rest beside it.
    expect(slack).not.toHaveTextContent("From documentation");
    expect(within(list).getByTestId("entry-salesforce")).toHaveTextContent("Tried, 26 Nov 2026");
    const detail = screen.getByRole("region", { name: "Slack" });
    expect(detail).toHaveTextContent("From documentation, 26 Nov 2026");
    const meaning = within(detail).getByText(/Nobody has signed in with it yet/);
    const add = within(detail).getByRole("button", { name: "Add to my connectors" });
    const steps = within(detail).getByRole("heading", { name: "Before the first sign-in" });
    expect(add.compareDocumentPosition(meaning)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(meaning.compareDocumentPosition(steps)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(dayWords("soon")).toBe("soon");
  });

  test("arrows move through the list, and the detail follows while the search stays", async () => {
    const { user } = openCatalogue("jira-cloud");
    await user.type(await screen.findByRole("searchbox", { name: "Search the catalogue" }), "jira");
    await user.click(await screen.findByTestId("entry-jira-cloud"));
    await user.keyboard("{ArrowDown}");
    expect(await screen.findByRole("region", { name: "Jira Server" })).toBeInTheDocument();
    expect(screen.getByRole("searchbox", { name: "Search the catalogue" })).toHaveValue("jira");
  });

  test("where nothing fits that is said, with what else there is to do", async () => {
    const { user } = openCatalogue();
    await user.type(await screen.findByRole("searchbox", { name: "Search the catalogue" }), "weather");
    expect(await screen.findByText("Nothing in the catalogue fits “weather”")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Clear search" }));
    expect(await screen.findByTestId("entry-slack")).toBeInTheDocument();
  });

  test("it is reached from the first screen, from the list and from adding a connector", async () => {
    const first = openWindow();
    await first.user.click(await screen.findByRole("button", { name: "Choose a ready-made connector" }));
    expect(await screen.findByRole("listbox", { name: "Ready-made connectors" })).toBeInTheDocument();
    first.unmount();
    window.location.hash = "";
    const { user } = openWindow({ documents: [PRACTICE_LOGIN] });
    await user.click(await screen.findByRole("button", { name: "Catalogue" }));
    expect(await screen.findByRole("listbox", { name: "Ready-made connectors" })).toBeInTheDocument();
    window.location.hash = "";
    await user.click(await screen.findByRole("button", { name: "Add connector" }));
    await user.click(await screen.findByRole("button", { name: "Look in the catalogue" }));
    expect(await screen.findByRole("listbox", { name: "Ready-made connectors" })).toBeInTheDocument();
  });
});
