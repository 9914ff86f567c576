import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { SAMPLE_APP, SAMPLE_APP_ID } from "@/platform/fake/sampleApp";
import { PRACTICE_GRAPHQL, PRACTICE_LOGIN } from "@/platform/fake/samples";
import { openWindow, PRACTICE_ID } from "@/testing/render";
import { baseUrlProblem } from "./AddConnectorDialog/AddConnectorDialog";

function manyDocuments(count: number): string[] {
  const sample = JSON.parse(PRACTICE_LOGIN);
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify({ ...sample, id: undefined, name: `Connector ${String(index).padStart(5, "0")}` }),
  );
}

/** Gives the list of so many a size, and lets it scroll. */
function letScroll(count: number) {
  const scroller = screen.getByRole("list", { name: "Connectors" }).parentElement as HTMLElement;
  Object.defineProperty(scroller, "scrollHeight", { value: count * 62 + 24 });
  Object.defineProperty(scroller, "clientHeight", { value: 800 });
  scroller.scrollTo = (to?: ScrollToOptions | number) => {
    scroller.scrollTop = typeof to === "object" ? (to.top ?? 0) : 0;
    scroller.dispatchEvent(new Event("scroll"));
  };
}

describe("connectors", () => {
  test("a newcomer gets from the first screen to the sample app's preview and to the sample connector", async () => {
    const { user, platform } = openWindow();
    await user.click(await screen.findByRole("button", { name: "Try the sample" }));
    const start = await screen.findByRole("region", { name: "Start here" });
    expect((await platform.studioStatus()).sandbox.running).toBe(true);
    await user.click(await within(start).findByRole("button", { name: "Open its preview" }));
    await waitFor(() => expect(platform.previews.map((one) => one.id)).toEqual([SAMPLE_APP_ID]));
    await user.click(within(start).getByRole("button", { name: "Open the sample connector" }));
    expect(await screen.findByRole("button", { name: "Test auth steps" })).toBeInTheDocument();
  });

  test("a newcomer makes an app without a connector, or chooses what to import", async () => {
    const { user, platform } = openWindow();
    await user.click(await screen.findByRole("button", { name: "Open or import a file" }));
    await user.click(await screen.findByRole("menuitem", { name: "An app" }));
    expect(await screen.findByTestId("app-preview")).toBeInTheDocument();
    expect(platform.apps.size).toBe(1);
    window.location.hash = "";
    await user.click(await screen.findByRole("button", { name: "Make an app" }));
    await user.type(await screen.findByRole("textbox", { name: "Name" }), "Rounds{Enter}");
    expect(await screen.findByRole("region", { name: "Canvas of Home" })).toBeInTheDocument();
  });

  test("the preview of the sample app starts the practice provider where it stands still", async () => {
    const { user, platform } = openWindow({ documents: [PRACTICE_LOGIN], apps: [SAMPLE_APP] });
    await user.click(await screen.findByRole("button", { name: "Open its preview" }));
    await waitFor(() => expect(platform.previews).toHaveLength(1));
    expect((await platform.studioStatus()).sandbox.running).toBe(true);
  });

  test("C1: rows say kind, host, auth method and test state in words", async () => {
    openWindow({ documents: [PRACTICE_LOGIN, PRACTICE_GRAPHQL] });
    const row = await screen.findByTestId(`connector-${PRACTICE_ID}`);
    expect(row).toHaveTextContent("REST");
    expect(row).toHaveTextContent("127.0.0.1:8787");
    expect(row).toHaveTextContent("Multistep, 2 steps");
    expect(row).toHaveTextContent("Not tested");
  });

  test("the search narrows the list, and says so where nothing matches", async () => {
    const { user } = openWindow({ documents: [PRACTICE_LOGIN, PRACTICE_GRAPHQL] });
    await screen.findByTestId(`connector-${PRACTICE_ID}`);
    await user.type(screen.getByRole("searchbox", { name: "Search connectors" }), "graphql");
    await waitFor(() => expect(screen.queryByTestId(`connector-${PRACTICE_ID}`)).not.toBeInTheDocument());
    await user.type(screen.getByRole("searchbox", { name: "Search connectors" }), "zzz");
    expect(await screen.findByText(/No connector matches/)).toBeInTheDocument();
  });

  test("deleting asks first", async () => {
    const { user, platform } = openWindow({ documents: [PRACTICE_LOGIN] });
    await user.click(await screen.findByRole("button", { name: "More for Practice CRM" }));
    await user.click(await screen.findByRole("menuitem", { name: "Delete…" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(platform.stored.size).toBe(1);
    await user.click(within(dialog).getByRole("button", { name: "Delete" }));
    await waitFor(() => expect(platform.stored.size).toBe(0));
  });

  test("of 10,000 connectors only those on the screen are drawn", async () => {
    const { user, platform } = openWindow({ documents: manyDocuments(10_000) });
    const asked = vi.spyOn(platform, "connectorList");
    expect((await screen.findAllByTestId(/^connector-/)).length).toBeLessThan(60);
    expect(screen.getByText("10,000")).toBeInTheDocument();
    // No page of which nothing is on the screen is asked for, and the last row has the focus once it is there.
    letScroll(10_000);
    act(() => screen.getByRole("button", { name: /Connector 00000/ }).focus());
    await user.keyboard("{End}");
    await waitFor(() => expect(document.activeElement).toHaveTextContent("Connector 09999"));
    expect(screen.getAllByRole("listitem").length).toBeLessThan(100);
    expect(new Set(asked.mock.calls.map(([, offset]) => offset))).toEqual(new Set([9_900]));
    await user.click(screen.getByRole("searchbox", { name: "Search connectors" }));
    await user.paste("or 0001");
    await waitFor(() => expect(screen.getByText("10", { selector: "span" })).toBeInTheDocument());
    expect(asked).toHaveBeenLastCalledWith("or 0001", 0);
  });

  test("a row that comes late does not take the focus from where it is by then", async () => {
    const { user, platform } = openWindow({ documents: manyDocuments(300) });
    await screen.findAllByTestId(/^connector-/);
    letScroll(300);
    const list = platform.connectorList.bind(platform);
    let arrive = () => {};
    const arrival = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const asked = vi.spyOn(platform, "connectorList").mockImplementation(async (query, offset) => {
      if (offset === 200) await arrival;
      return list(query, offset);
    });
    act(() => screen.getByRole("button", { name: /Connector 00000/ }).focus());
    await user.keyboard("{End}");
    await waitFor(() => expect(asked).toHaveBeenCalledWith("", 200));
    const search = screen.getByRole("searchbox", { name: "Search connectors" });
    await user.click(search);
    arrive();
    expect(await screen.findByRole("button", { name: /Connector 00299/ })).toBeInTheDocument();
    expect(search).toHaveFocus();
  });

  test.each([
    ["", false],
    ["acme.example", false],
    ["ftp://acme.example", false],
    ["https://", false],
    ["https://acme example", false],
    ["https://api.acme.example/v2", true],
    ["HTTP://127.0.0.1:8787", true],
    ["{{ vars.host }}", true],
  ])("the base URL “%s”", (url, isGood) => expect(baseUrlProblem(url) === null).toBe(isGood));
});

describe("vault", () => {
  test("where secrets cannot be kept every screen says so, with the choices there are", async () => {
    const vault = {
      state: "locked",
      kept_by: null,
      message: "The keyring is locked.",
      hint: "Unlock it.",
    } as const;
    const { user } = openWindow({ documents: [PRACTICE_LOGIN], vault });
    const banner = await screen.findByTestId("vault-banner");
    expect(banner).toHaveTextContent("The keyring is locked.");
    await user.click(within(banner).getByRole("button", { name: "Use a passphrase" }));
    await user.type(await screen.findByLabelText("Passphrase"), "short{Enter}");
    expect(await screen.findByText(/does not open the vault/)).toBeInTheDocument();
    await user.type(screen.getByLabelText("Passphrase"), " but longer{Enter}");
    await waitFor(() => expect(screen.queryByTestId("vault-banner")).not.toBeInTheDocument());
  });
});
