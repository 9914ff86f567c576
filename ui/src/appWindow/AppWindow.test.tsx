import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { authView } from "@/platform/fake/app";
import { control, SAMPLE_CONNECTORS } from "@/platform/fake/app/samples";
import { failure } from "@/platform/fake/evaluate";
import { openApp, screenOf } from "@/testing/appWindow";

const NAME = control(
  "name",
  { type: "input", input_type: "text", value: "", set: 0, placeholder: "", required: false, problem: null },
  { label: "Name" },
);
const SCREEN = screenOf([NAME]);

/** A screen with something typed into it, scrolled, and then covered by the managed auth screen. */
async function covered() {
  const opened = openApp({ screens: [SCREEN], startsWith: "screen" });
  const field = await screen.findByLabelText("Name");
  await opened.user.type(field, "Ann");
  const place = screen.getByTestId("app-screen");
  place.scrollTop = 120;
  act(() => opened.fake.tell({ event: "managed_auth", view: authView(SAMPLE_CONNECTORS.slice(0, 2), true) }));
  await screen.findByTestId("managed-auth");
  return { ...opened, field, place };
}

describe("A4: Navigate to Authentication screen", () => {
  test("FALSE: the same screen comes back with what was typed, its scroll and its focus", async () => {
    const { fake, field, place } = await covered();
    // Covered, it cannot be reached.
    expect(place.closest("[inert]")).not.toBeNull();
    await waitFor(() => expect(screen.getByTestId("continue")).toHaveFocus());
    act(() => fake.tell({ event: "screen", view: SCREEN }));
    expect(screen.queryByTestId("managed-auth")).not.toBeInTheDocument();
    expect(screen.getByTestId("app-screen")).toBe(place);
    expect(place.closest("[inert]")).toBeNull();
    expect(place.scrollTop).toBe(120);
    expect(field).toHaveValue("Ann");
    expect(field).toHaveFocus();
  });

  test("TRUE: with another start, what the page kept is gone", async () => {
    const { fake, field } = await covered();
    act(() => fake.tell({ event: "screen", view: { ...SCREEN, start: 2 } }));
    expect(field.isConnected).toBe(false);
    expect(screen.getByLabelText("Name")).toHaveValue("");
    expect(screen.getByTestId("app-screen").scrollTop).toBe(0);
  });

  test("in a preview the admin says whether the shared sign-ins go too, or stays", async () => {
    const { user, fake } = openApp({ startsWith: "screen" });
    await screen.findByTestId("app-screen");
    for (const [button, answer] of [
      ["Clear only mine", false],
      ["Clear shared ones too", true],
      ["Stay here", null],
    ] as const) {
      act(() => fake.tell({ event: "shared_sign_out_asked", connectors: ["Slack"] }));
      const dialog = await screen.findByRole("alertdialog");
      expect(within(dialog).getByText("Slack")).toBeInTheDocument();
      await user.click(within(dialog).getByRole("button", { name: button }));
      expect(fake.calls.at(-1)).toBe(`clear shared: ${answer}`);
      await waitFor(() => expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument());
    }
  });
});

describe("A5: the window of an app", () => {
  test("has its name, says that it is a preview, and leads to its screens", async () => {
    const { user, fake } = openApp({ startsWith: "screen", app: { is_preview: true, theme: "dark" } });
    await screen.findByTestId("app-screen");
    expect(screen.getByRole("banner")).toHaveTextContent("Field SalesPreview");
    expect(document.documentElement.dataset.theme).toBe("dark");
    const menu = within(screen.getByRole("navigation", { name: "Screens" }));
    expect(menu.getByRole("button", { name: "Customers" })).toHaveAttribute("aria-current", "page");
    await user.click(menu.getByRole("button", { name: "New order" }));
    expect(fake.calls).toContain("go order");
    expect(await screen.findByRole("heading", { name: "New order" })).toBeInTheDocument();
  });

  test("has no menu where there is one screen, and a list where there are many", async () => {
    const few = openApp({ startsWith: "screen", app: { menu: [{ screen: "a", name: "A" }] } });
    await screen.findByTestId("app-screen");
    expect(screen.queryByRole("navigation")).not.toBeInTheDocument();
    expect(screen.getByRole("banner")).not.toHaveTextContent("Preview");
    few.unmount();
    const menu = Array.from({ length: 12 }, (_, i) => ({ screen: `s${i}`, name: `Screen ${i}` }));
    const { user, fake } = openApp({ startsWith: "screen", app: { menu } });
    await user.click(await screen.findByRole("button", { name: /Screens/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Screen 7" }));
    expect(fake.calls).toContain("go s7");
  });

  test("says what the app says, with what went wrong", async () => {
    const { fake } = openApp({ startsWith: "screen" });
    await screen.findByTestId("app-screen");
    const error = failure("http.status", "the server said 503", { hint: "Try later." });
    act(() => fake.tell({ event: "message", text: "It was not sent.", tone: "danger", error }));
    const message = await screen.findByTestId("app-message");
    expect(message).toHaveTextContent("It was not sent. The server said 503.");
    expect(message).toHaveTextContent("Try later.");
  });

  test("that cannot start says why, and starts again when it is asked to", async () => {
    const opened = openApp({
      startsWith: "screen",
      prepare: (app) => {
        const { appWatch } = app;
        app.appWatch = () => {
          app.appWatch = appWatch;
          return Promise.reject(failure("app.invalid", "the app has no screen"));
        };
      },
    });
    expect(await screen.findByRole("alert")).toHaveTextContent("The app did not startThe app has no screen.");
    await opened.user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByTestId("app-screen")).toBeInTheDocument();
  });
});
