/** Browser visits and device codes that in-memory runs wait for. A test plays the browser, or a timer does. */
import type { OauthStep } from "@/model/connector";
import { hostOfTemplate, usesBrowser } from "@/model/oauth";
import type { AppError, RunEvent } from "../wire";
import { failure, type Scope } from "./evaluate";
import { fakeJwt } from "./jwt";

export const FAKE_STATE = "st-4b1d9c";
const seconds = () => Math.floor(Date.now() / 1000);

interface Wait {
  run: string;
  step: string;
  redirectUri: string;
  emit: (event: RunEvent) => void;
  done: () => void;
  fail: (error: AppError) => void;
  isDevice: boolean;
}

export interface AskedVisit {
  run: string;
  step: string;
  provider: string;
  redirect: "loopback" | "deep_link" | "paste";
  redirectUri?: string;
  /** A device code instead of a browser here. */
  device?: boolean;
  /** Seconds. */
  lifetime?: number;
}

export class SignIns {
  #waits: Wait[] = [];
  /** How often an address was opened, and copied. */
  opened = 0;
  copied = 0;
  /** Milliseconds until the browser comes back by itself; never where null. */
  readonly #returnsAfter: number | null;

  constructor(returnsAfter: number | null) {
    this.#returnsAfter = returnsAfter;
  }

  wait(asked: AskedVisit, emit: (event: RunEvent) => void): Promise<void> {
    const { run, step, provider, redirect } = asked;
    const redirectUri =
      asked.redirectUri ??
      (redirect === "deep_link"
        ? "studio.latchwork.dev://oauth/callback"
        : redirect === "paste"
          ? "http://127.0.0.1/callback"
          : "http://127.0.0.1:49152/callback");
    const expires_at = seconds() + (asked.lifetime ?? 300);
    return new Promise((done, fail) => {
      const one: Wait = { run, step, redirectUri, emit, done, fail, isDevice: asked.device === true };
      this.#waits.push(one);
      if (asked.device) {
        emit({
          event: "device_code_requested",
          step,
          user_code: "WDJB-MJHT",
          verification_uri: `https://${provider}/device`,
          verification_uri_complete: `https://${provider}/device?user_code=WDJB-MJHT`,
          expires_at,
        });
      } else {
        if (redirect !== "paste") this.opened += 1;
        emit({
          event: "browser_requested",
          step,
          provider,
          redirect_uri: redirectUri,
          returns_by: redirect,
          expires_at,
        });
      }
      if (this.#returnsAfter !== null) setTimeout(() => this.#end(one), this.#returnsAfter);
    });
  }

  #end(wait: Wait | undefined): void {
    if (!wait || !this.#waits.includes(wait)) return;
    this.#waits = this.#waits.filter((one) => one !== wait);
    if (!wait.isDevice) wait.emit({ event: "browser_returned", step: wait.step });
    // Tokens are fetched now; a moment later they are there.
    setTimeout(wait.done, 0);
  }

  #of(run: string, step: string): Wait {
    const wait = this.#waits.find((one) => one.run === run && one.step === step);
    if (!wait) throw failure("run.not_waiting", "Nothing is waited for any more.");
    return wait;
  }

  /** The person finished in the browser, or typed the code. */
  comeBack(): void {
    this.#end(this.#waits.at(-1));
  }

  /** A callback came that is not this one; the run waits on. */
  refuse(error: AppError): void {
    const wait = this.#waits.at(-1);
    wait?.emit({ event: "callback_refused", step: wait.step, error });
  }

  /** The provider said no, or the time is up. */
  fail(error: AppError): void {
    const wait = this.#waits.pop();
    wait?.fail({ ...error, step: wait.step });
  }

  cancel(run: string): void {
    for (const wait of this.#waits.filter((one) => one.run === run)) {
      this.#waits = this.#waits.filter((one) => one !== wait);
      wait.fail(failure("run.cancelled", "The run was cancelled."));
    }
  }

  open(run: string, step: string): void {
    this.#of(run, step);
    this.opened += 1;
  }

  copy(run: string, step: string): string {
    const wait = this.#of(run, step);
    this.copied += 1;
    return `https://accounts.acme.example/authorize?redirect_uri=${encodeURIComponent(wait.redirectUri)}&state=${FAKE_STATE}`;
  }

  paste(run: string, step: string, address: string): void {
    const wait = this.#of(run, step);
    const given = address.trim();
    const stem = wait.redirectUri.replace(/:\d+/, "");
    if (!given.replace(/:\d+/, "").startsWith(stem)) {
      throw failure("oauth.callback_invalid", "This is not the address that the sign-in comes back to.", {
        hint: `It begins with ${wait.redirectUri}.`,
        step,
      });
    }
    if (!given.includes(`state=${FAKE_STATE}`)) {
      throw failure(
        "oauth.state_mismatch",
        "This address belongs to another sign-in, or to one that is over.",
        {
          hint: "Open the address again, finish there, and paste what the browser shows then.",
          step,
        },
      );
    }
    this.#end(wait);
  }
}

/** What an OAuth step asks the person for, and nothing where it asks nobody. */
export function visitOf(run: string, step: OauthStep): AskedVisit | null {
  const isDevice = step.type === "oauth2_device_code";
  if (!isDevice && !usesBrowser(step.type)) return null;
  const address = isDevice ? step.device_authorization_url : step.authorization_url;
  return {
    run,
    step: step.id,
    provider: hostOfTemplate(address ?? step.issuer ?? "") ?? "accounts.acme.example",
    redirect: step.redirect ?? "loopback",
    ...(step.redirect_uri ? { redirectUri: step.redirect_uri } : {}),
    device: isDevice,
  };
}

/** What a finished grant leaves. */
export function oauthOutputs(step: OauthStep): Scope {
  const now = seconds();
  const scopes = step.scopes ?? [];
  const claims = {
    iss: step.issuer ?? "https://accounts.acme.example",
    sub: "248289761001",
    aud: ["https://api.acme.example", step.client_id || "client-7"],
    iat: now - 3,
    exp: now + 3600,
    scope: scopes.join(" "),
    roles: ["sales", "admin"],
  };
  const raw = {
    access_token: fakeJwt(claims),
    refresh_token: "rt_7c1f0d6b2a",
    token_type: "Bearer",
    expires_in: 3600,
    ...(scopes.includes("openid")
      ? { id_token: fakeJwt({ ...claims, name: "Ann Reed", email: "ann@acme.example", nonce: "n-0S6" }) }
      : {}),
  };
  return {
    ...raw,
    scope: scopes.join(" "),
    expires_at: now + 3600,
    raw,
    callback: { iss: claims.iss },
    client_id: step.client_id ?? "",
    authorization_url: step.authorization_url ?? null,
    token_url: step.token_url ?? null,
    redirect_uri: step.redirect_uri ?? null,
    scopes,
  };
}
