/** The person's SSO session, discovery and redirect addresses of the in-memory platform. */
import type { Platform } from "../platform";
import type {
  DeepLinkState,
  Discovered,
  RedirectAddresses,
  RunEvent,
  SsoStatus,
  StudioNotice,
} from "../wire";
import { failure } from "./evaluate";
import type { SignIns } from "./signIn";

export interface AccountOptions {
  sso?: SsoStatus;
  deepLink?: DeepLinkState;
  notices?: readonly StudioNotice[];
}

const seconds = () => Math.floor(Date.now() / 1000);

export const SIGNED_IN: SsoStatus = {
  state: "signed_in",
  issuer: "https://accounts.acme.example",
  client_id: "latchwork-desktop",
  name: "Ann Reed",
  email: "ann@acme.example",
  subject: "248289761001",
  expires_at: seconds() + 28_400,
  message: null,
};

const NOTES: Record<DeepLinkState, string | null> = {
  ours: null,
  other_program: "“Acme Launcher” answers to this scheme. Start Latchwork again to take it back.",
  not_registered: "The desktop did not take the registration.",
};

function discovered(issuer: string): Discovered {
  const base = issuer.replace(/\/$/, "");
  const isGoogle = base === "https://accounts.google.com";
  return {
    issuer: base,
    authorization_url: isGoogle ? `${base}/o/oauth2/v2/auth` : `${base}/authorize`,
    token_url: isGoogle ? "https://oauth2.googleapis.com/token" : `${base}/token`,
    device_authorization_url: isGoogle ? "https://oauth2.googleapis.com/device/code" : `${base}/device/auth`,
    revocation_url: isGoogle ? "https://oauth2.googleapis.com/revoke" : `${base}/revoke`,
    registration_url: null,
    scopes: ["openid", "profile", "email", "offline_access"],
    pkce: "S256",
    client_auth: "basic",
    origins: isGoogle ? ["https://oauth2.googleapis.com"] : [],
  };
}

type AccountCommands = Pick<
  Platform,
  "oauthDiscover" | "oauthRedirectAddresses" | "ssoStatus" | "ssoSignIn" | "ssoSignOut" | "noticeWatch"
>;

export interface FakeAccount extends AccountCommands {
  /** The core has something to say. */
  notify: (notice: StudioNotice) => void;
}

const SIGNED_OUT: SsoStatus = {
  state: "signed_out",
  issuer: null,
  client_id: null,
  name: null,
  email: null,
  subject: null,
  expires_at: null,
  message: null,
};

export function fakeAccount(signIns: SignIns, options: AccountOptions): FakeAccount {
  let sso: SsoStatus = options.sso ?? SIGNED_OUT;
  let runs = 0;
  let tell: ((notice: StudioNotice) => void) | null = null;
  const waiting: StudioNotice[] = [...(options.notices ?? [])];
  return {
    oauthDiscover: async (issuer) => {
      if (!/^https?:\/\/[^\s/]+\.[^\s/]+/.test(issuer) || issuer.includes("unknown")) {
        throw failure(
          "oauth.discovery_failed",
          `${issuer} publishes no metadata: the answer's status is 404.`,
          {
            hint: "Check the issuer, or fill in the addresses by hand.",
          },
        );
      }
      return discovered(issuer);
    },
    oauthRedirectAddresses: async (): Promise<RedirectAddresses> => {
      const state = options.deepLink ?? "ours";
      return {
        loopback: "http://127.0.0.1/callback",
        deep_link: "studio.latchwork.dev://oauth/callback",
        deep_link_state: state,
        deep_link_note: NOTES[state],
      };
    },
    ssoStatus: async () => sso,
    ssoSignIn: async (request, onEvent) => {
      if (request.issuer.includes("unknown")) {
        throw failure("oauth.discovery_failed", `${request.issuer} publishes no metadata.`, {
          hint: "Check the issuer.",
          field: "issuer",
        });
      }
      runs += 1;
      const run = `sso-${runs}`;
      const began = Date.now();
      onEvent({ event: "run_started", run, what: { type: "sso_sign_in" }, started_at: seconds() });
      onEvent({ event: "step_started", step: "sso", type: "sso_token", label: "SSO" });
      const finish = (event: Omit<RunEvent & { event: "run_finished" }, "event" | "duration_ms">) =>
        onEvent({ event: "run_finished", duration_ms: Date.now() - began, ...event });
      const provider = new URL(request.issuer).host;
      void signIns.wait({ run, step: "sso", provider, redirect: request.redirect }, onEvent).then(
        () => {
          sso = { ...SIGNED_IN, issuer: request.issuer, client_id: request.client_id };
          onEvent({
            event: "step_finished",
            step: "sso",
            status: "ok",
            duration_ms: Date.now() - began,
            outputs: {},
            exchange: null,
            error: null,
          });
          finish({ ok: true, error: null });
        },
        (error) => finish({ ok: false, error }),
      );
      return run;
    },
    ssoSignOut: async () => {
      sso = { ...SIGNED_OUT, issuer: sso.issuer, client_id: sso.client_id };
      return { revoked: true, message: "You are signed out here, and the provider ended the session." };
    },
    noticeWatch: async (onNotice) => {
      tell = onNotice;
      for (const notice of waiting.splice(0)) onNotice(notice);
    },
    notify: (notice) => (tell ? tell(notice) : waiting.push(notice)),
  };
}
