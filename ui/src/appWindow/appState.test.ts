import { describe, expect, test } from "vitest";
import { authView } from "@/platform/fake/app";
import { control, SAMPLE_APP, SAMPLE_CONNECTORS } from "@/platform/fake/app/samples";
import { screenOf } from "@/testing/appWindow";
import { type AppAction, type AppState, NOT_OPENED, reduceApp } from "./appState";

const text = (id: string, words: string) => control(id, { type: "text", text: words, style: "body" });
const stateAfter = (...actions: AppAction[]): AppState => actions.reduce(reduceApp, NOT_OPENED);
const SCREEN = screenOf([text("a", "A"), text("b", "B")]);

describe("what an app's window shows", () => {
  test("the managed auth screen lies over a screen that is kept, and goes with the next screen", () => {
    const covered = stateAfter(
      { event: "opened", app: SAMPLE_APP },
      { event: "screen", view: SCREEN },
      { event: "managed_auth", view: authView(SAMPLE_CONNECTORS, true) },
    );
    expect(covered.screen).toBe(SCREEN);
    expect(covered.managedAuth?.navigated).toBe(true);
    const back = reduceApp(covered, { event: "screen", view: SCREEN });
    expect(back.managedAuth).toBeNull();
  });

  test("controls that changed take the place of theirs, and the others stay the same", () => {
    const state = stateAfter(
      { event: "screen", view: SCREEN },
      { event: "controls", screen: "one", controls: [text("b", "Changed")] },
    );
    expect(state.screen?.controls.map((one) => one.id)).toEqual(["a", "b"]);
    expect(state.screen?.controls[0]).toBe(SCREEN.controls[0]);
    expect(state.screen?.controls[1]).toEqual(text("b", "Changed"));
  });

  test("what still comes for a screen that was left changes nothing", () => {
    const state = stateAfter({ event: "screen", view: SCREEN });
    expect(reduceApp(state, { event: "controls", screen: "other", controls: [text("a", "X")] })).toBe(state);
  });

  test("questions are there until they are settled", () => {
    const asked = stateAfter({ event: "sign_in_asked", connectors: [...SAMPLE_CONNECTORS] });
    expect(asked.signInAsked).toHaveLength(4);
    expect(reduceApp(asked, { event: "sign_in_settled" }).signInAsked).toEqual([]);
    const shared = stateAfter({ event: "shared_sign_out_asked", connectors: ["Slack"] });
    expect(reduceApp(shared, { event: "shared_sign_out_answered" }).sharedSignOutAsked).toEqual([]);
  });

  test("an app that opens anew has nothing of before", () => {
    const state = stateAfter(
      { event: "screen", view: SCREEN },
      { event: "shared_sign_out_asked", connectors: ["Slack"] },
      { event: "opened", app: SAMPLE_APP },
    );
    expect(state).toEqual({ ...NOT_OPENED, app: SAMPLE_APP });
  });
});
