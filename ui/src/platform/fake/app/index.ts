/**
 * An app's window in memory: for tests, and for looking at it in a plain browser. It keeps who is signed in and goes on
 * with Continue; what controls do, a test says by `tell`. Never part of a build that ships.
 */
import type { AppPlatform } from "../../appPlatform";
import type {
  AppConnectorView,
  AppUpdate,
  ControlEvent,
  ManagedAuthView,
  RunningApp,
  ScreenView,
  StudioStatus,
  VaultStatus,
} from "../../wire";
import { failure } from "../evaluate";
import { SignIns } from "../signIn";
import { AppRuns } from "./runs";
import { SAMPLE_APP, SAMPLE_CONNECTORS, SAMPLE_SCREENS } from "./samples";

export interface FakeAppOptions {
  app?: Partial<RunningApp>;
  connectors?: readonly AppConnectorView[];
  screens?: readonly ScreenView[];
  /** What is shown first; nothing where a test tells all of it. */
  startsWith?: "managed_auth" | "screen" | "nothing";
  vault?: VaultStatus;
  /** 0 in tests: the core answers at once, and the browser comes back when the test says so. */
  speed?: number;
}

export interface FakeApp extends AppPlatform {
  /** Sends an update to the window. */
  tell: (update: AppUpdate) => void;
  connectors: AppConnectorView[];
  /** Asks for sign-ins, as a control's call would. */
  ask: (...ids: string[]) => void;
  /** What the window asked for, in order. */
  calls: string[];
  events: { control: string; event: ControlEvent }[];
  signIns: SignIns;
  clipboard: string;
  links: string[];
}

const READY: VaultStatus = {
  state: "ready",
  kept_by: "keyring",
  message: "Secrets are kept by the keyring.",
  hint: null,
};
const BROWSER_MS = 12_000;

export function authView(connectors: readonly AppConnectorView[], navigated = false): ManagedAuthView {
  const isIn = (one: AppConnectorView) => one.state === "signed_in" || one.state === "shared";
  return {
    connectors: [...connectors],
    signed_in: connectors.filter(isIn).length,
    can_continue: connectors.every((one) => !one.required || isIn(one)),
    navigated,
  };
}

export function createFakeApp(options: FakeAppOptions = {}): FakeApp {
  const { speed = 1, startsWith = "managed_auth" } = options;
  const app: RunningApp = { ...SAMPLE_APP, ...options.app };
  const screens = options.screens ?? SAMPLE_SCREENS;
  let vault = options.vault ?? READY;
  let listener: (update: AppUpdate) => void = () => undefined;
  let shown: "managed_auth" | "screen" | "nothing" = "nothing";
  let asked: string[] = [];
  const signIns = new SignIns(speed === 0 ? null : BROWSER_MS);
  const open = async (next: VaultStatus) => {
    vault = next;
    return vault;
  };
  const called = (call: string) => void fake.calls.push(call);
  const change = (id: string, facts: Partial<AppConnectorView>) => {
    fake.connectors = fake.connectors.map((one) => (one.id === id ? { ...one, ...facts } : one));
    if (shown === "managed_auth") listener({ event: "managed_auth", view: authView(fake.connectors) });
    if (asked.length > 0) {
      const open = fake.connectors.filter((one) => asked.includes(one.id));
      if (open.every((one) => one.state === "signed_in")) settle();
      else listener({ event: "sign_in_asked", connectors: open });
    }
  };
  const settle = () => {
    asked = [];
    listener({ event: "sign_in_settled" });
  };
  const showScreen = (id?: string) => {
    const view = screens.find((screen) => screen.screen === id) ?? screens[0];
    shown = "screen";
    if (view) listener({ event: "screen", view });
  };
  const runs = new AppRuns(signIns, speed, change);
  const status = (): StudioStatus => ({
    version: "0.1.0",
    data_dir: "",
    vault,
    sandbox: { running: false, base_url: null },
    first_run: false,
    recovery: null,
  });

  const fake: FakeApp = {
    tell: (update) => listener(update),
    connectors: [...(options.connectors ?? SAMPLE_CONNECTORS)],
    ask: (...ids) => {
      asked = ids;
      listener({
        event: "sign_in_asked",
        connectors: fake.connectors.filter((one) => ids.includes(one.id)),
      });
    },
    calls: [],
    events: [],
    signIns,
    clipboard: "",
    links: [],

    studioStatus: async () => status(),
    vaultRetry: () => open(READY),
    vaultUnlock: () => open({ ...READY, kept_by: "passphrase" }),
    vaultUseSessionOnly: () => open({ ...READY, state: "session_only", kept_by: null }),
    runAnswer: (runId, step, values) => runs.answer(runId, step, values),
    runDecline: async (runId) => runs.cancel(runId),
    runCancel: async (runId) => {
      called(`cancel ${runId}`);
      runs.cancel(runId);
    },
    runBrowserOpen: async (runId, step) => signIns.open(runId, step),
    runBrowserCopy: async (runId, step) => {
      fake.clipboard = signIns.copy(runId, step);
    },
    runCallbackPaste: async (runId, step, address) => signIns.paste(runId, step, address),
    clipboardWrite: async (text) => {
      fake.clipboard = text;
    },
    linkOpen: async (url) => void fake.links.push(url),

    appWatch: async (onUpdate) => {
      called("watch");
      listener = onUpdate;
      listener({ event: "opened", app });
      if (startsWith === "managed_auth") {
        shown = "managed_auth";
        listener({ event: "managed_auth", view: authView(fake.connectors) });
      }
      if (startsWith === "screen") showScreen();
    },
    appEvent: async (control, event) => void fake.events.push({ control, event }),
    appGo: async (screen) => {
      called(`go ${screen}`);
      showScreen(screen);
    },
    appContinue: async () => {
      called("continue");
      showScreen();
    },
    appSignIn: async (id, newAccount, onEvent) => {
      called(`sign in ${id}${newAccount ? " with another account" : ""}`);
      const connector = fake.connectors.find((one) => one.id === id);
      if (!connector) throw failure("app.connector_unknown", `The app calls nothing “${id}”.`);
      return runs.start(connector, onEvent);
    },
    appSignInDecline: async () => {
      called("decline");
      settle();
    },
    appAccountUse: async (id, account) => {
      called(`use ${account} of ${id}`);
      const connector = fake.connectors.find((one) => one.id === id);
      const next = connector?.accounts.find((one) => one.name === account);
      if (!connector || !next) throw failure("account.unknown", `There is no account “${account}”.`);
      change(id, {
        account,
        label: next.label,
        state: next.state,
        accounts: connector.accounts.map((one) => ({ ...one, in_use: one.name === account })),
      });
    },
    appSignOut: async (id) => {
      called(`sign out ${id}`);
      change(id, { state: "signed_out", label: null, expires_at: null });
      return { revoked: true, message: "You are signed out, and the provider ended the session." };
    },
    appAuthenticationAnswer: async (clearShared) => called(`clear shared: ${clearShared}`),
    appQuit: async () => called("quit"),
  };
  return fake;
}
