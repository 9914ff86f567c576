/** What an app's window shows, made from the core's updates one after the other. Pure. */
import type {
  AppConnectorView,
  AppUpdate,
  ControlView,
  ManagedAuthView,
  RunningApp,
  ScreenView,
} from "@/platform/wire";

export interface AppState {
  /** Null until the core has said what the app is. */
  app: RunningApp | null;
  /** The screen, under the managed auth screen where that is shown: it is kept as it is. */
  screen: ScreenView | null;
  /** The managed auth screen, where it is shown. */
  managedAuth: ManagedAuthView | null;
  /** Who has to be signed in to before what the person did goes on; empty where nothing is asked. */
  signInAsked: readonly AppConnectorView[];
  /** The connectors whose shared sign-ins the admin is asked about; empty where nothing is asked. */
  sharedSignOutAsked: readonly string[];
}

const NOTHING_ASKED = { signInAsked: [], sharedSignOutAsked: [] } as const;

export const NOT_OPENED: AppState = { app: null, screen: null, managedAuth: null, ...NOTHING_ASKED };

/** A message is said and over: it is no part of the state. */
export type StateUpdate = Exclude<AppUpdate, { event: "message" }>;

export type AppAction = StateUpdate | { event: "shared_sign_out_answered" };

function withControls(controls: readonly ControlView[], changed: readonly ControlView[]): ControlView[] {
  const byId = new Map(changed.map((control) => [control.id, control]));
  return controls.map((control) => byId.get(control.id) ?? control);
}

export function reduceApp(state: AppState, action: AppAction): AppState {
  switch (action.event) {
    case "opened":
      return { ...NOT_OPENED, app: action.app };
    case "managed_auth":
      return { ...state, managedAuth: action.view };
    case "screen":
      return { ...state, screen: action.view, managedAuth: null };
    case "controls":
      // They may still be on their way for a screen that was left.
      if (state.screen?.screen !== action.screen) return state;
      return {
        ...state,
        screen: { ...state.screen, controls: withControls(state.screen.controls, action.controls) },
      };
    case "sign_in_asked":
      return { ...state, signInAsked: action.connectors };
    case "sign_in_settled":
      return { ...state, signInAsked: [] };
    case "shared_sign_out_asked":
      return { ...state, sharedSignOutAsked: action.connectors };
    case "shared_sign_out_answered":
      return { ...state, sharedSignOutAsked: [] };
  }
}
