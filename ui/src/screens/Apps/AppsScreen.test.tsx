import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { SAMPLE_APP, SAMPLE_APP_ID } from "@/platform/fake/sampleApp";
import { PRACTICE_GRAPHQL, PRACTICE_LOGIN } from "@/platform/fake/samples";
import { openWindow } from "@/testing/render";

const documents = [PRACTICE_LOGIN, PRACTICE_GRAPHQL];

describe("apps", () => {
  beforeEach(() => {
    window.location.hash = "#/apps";
  });

  test("A1: a row says what the app is for, its screens and its connectors", async () => {
    openWindow({ documents, apps: [SAMPLE_APP] });
    const row = await screen.findByTestId(`app-${SAMPLE_APP_ID}`);
    expect(row).toHaveTextContent("Contacts and their orders, out of two services.");
    expect(row).toHaveTextContent("3 screens · Practice CRM, Practice GraphQL");
    expect(row).toHaveTextContent("Sample");
    expect(within(row).queryByText("Draft")).not.toBeInTheDocument();
    expect(within(row).getByRole("link", { name: "Field Sales" })).toHaveAttribute(
      "href",
      `#/app/${SAMPLE_APP_ID}`,
    );
  });

  test("an empty list says what to do first, and leads to a new app", async () => {
    const { user, platform } = openWindow({});
    expect(await screen.findByText("No apps yet")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Add your first app" }));
    await user.click(screen.getByRole("button", { name: "Add" }));
    expect(screen.getByText("Give it a name that says what it is for.")).toBeInTheDocument();
    await user.type(screen.getByRole("textbox", { name: "Name" }), "Rounds{Enter}");
    expect(await screen.findByText("“Home” is empty")).toBeInTheDocument();
    expect([...platform.apps.values()]).toHaveLength(1);
  });

  test("preview from the list shows unsaved work where there is some", async () => {
    const draft = { document: SAMPLE_APP.replace("Field Sales", "Changed"), saved_at: 1 };
    const { user, platform } = openWindow({ documents, apps: [SAMPLE_APP] });
    const one = platform.apps.get(SAMPLE_APP_ID);
    if (one) one.draft = draft;
    await user.click(await screen.findByRole("button", { name: "Preview Field Sales" }));
    await waitFor(() => expect(platform.previews).toEqual([{ id: SAMPLE_APP_ID, document: draft.document }]));
  });

  test("duplicate opens the copy; deleting asks first and keeps the connectors", async () => {
    const { user, platform } = openWindow({ documents, apps: [SAMPLE_APP] });
    await user.click(await screen.findByRole("button", { name: "More for Field Sales" }));
    await user.click(await screen.findByRole("menuitem", { name: "Duplicate" }));
    expect(await screen.findByTestId("app-preview")).toBeInTheDocument();
    expect(platform.apps.size).toBe(2);
    window.location.hash = "#/apps";
    await user.click(await screen.findByRole("button", { name: "More for Field Sales copy" }));
    await user.click(await screen.findByRole("menuitem", { name: "Delete…" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(platform.apps.size).toBe(2);
    await user.click(within(dialog).getByRole("button", { name: "Delete" }));
    await waitFor(() => expect(platform.apps.size).toBe(1));
    expect(platform.stored.size).toBe(2);
  });

  const many = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      JSON.stringify({ ...JSON.parse(SAMPLE_APP), id: undefined, name: `App ${index + 1}` }),
    );

  test("with twenty apps there is a search", async () => {
    const { user } = openWindow({ apps: many(20) });
    await user.type(await screen.findByRole("searchbox", { name: "Search apps" }), "App 20");
    expect(await screen.findAllByTestId(/^app-/)).toHaveLength(1);
    await user.type(screen.getByRole("searchbox", { name: "Search apps" }), "zzz");
    expect(await screen.findByText(/No app matches/)).toBeInTheDocument();
  });

  test("below twenty apps there is nothing to search for", async () => {
    openWindow({ apps: many(19) });
    expect(await screen.findAllByTestId(/^app-/)).toHaveLength(19);
    expect(screen.queryByRole("searchbox")).not.toBeInTheDocument();
  });

  test("the practice screen names the sample app, with Open and Preview", async () => {
    window.location.hash = "#/practice";
    const { user, platform } = openWindow({ documents, apps: [SAMPLE_APP] });
    const card = await screen.findByRole("region", { name: "Sample app" });
    expect(card).toHaveTextContent("Field Sales");
    await user.click(within(card).getByRole("button", { name: "Preview" }));
    await waitFor(() => expect(platform.previews).toHaveLength(1));
    await user.click(within(card).getByRole("button", { name: "Open" }));
    expect(await screen.findByTestId("app-preview")).toBeInTheDocument();
  });
});
