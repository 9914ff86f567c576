/** The in-memory platform of a plain browser, as its address asks for it. */
import { readDocument, writeDocument } from "@/model/document";
import type { StudioNotice, VaultStatus } from "../wire";
import { SIGNED_IN } from "./account";
import { failure } from "./evaluate";
import { createFakePlatform, type FakePlatform } from "./index";
import { seconds } from "./library";
import { METHOD_CONNECTORS } from "./methods";
import { CROWDED_APP, EMPTY_APP, SAMPLE_APP } from "./sampleApp";
import {
  OAUTH_ID,
  PRACTICE_GRAPHQL,
  PRACTICE_LOGIN,
  PRACTICE_OAUTH,
  PRACTICE_RENEWING,
  RENEWING_ID,
  WITH_OAUTH,
} from "./samples";

const SESSION_OVER = "accounts.acme.example ended the session: “session expired”. Sign in again.";
const NOTICES: readonly StudioNotice[] = [
  {
    kind: "sign_in_interrupted",
    connector_id: OAUTH_ID,
    connector_name: "Acme",
    message: "The sign-in to Acme was interrupted. Nothing was lost. Start it again.",
  },
  {
    kind: "deep_link_refused",
    error: failure("oauth.state_mismatch", "A link came back for a sign-in that is not waiting any more.", {
      hint: "If you were signing in, start it again.",
    }),
  },
];

/** Accounts in every state, and what was renewed for them. */
function addAccounts(fake: FakePlatform): void {
  const now = seconds();
  const login = { body: { token: "tok_3f9a1c77d2e04b18", renew: { token: "rnw_81b5" } } };
  fake.sessions.set(RENEWING_ID, [
    {
      name: "Work",
      label: "ada@example.com",
      state: "signed_in",
      expires_at: now + 3150,
      outputs: { login },
    },
    {
      name: "The account of the whole sales department in the northern countries, for trying things out",
      label: "a.very.long.address.that.nobody.would.choose.for.themselves@subsidiary.holding.example",
      state: "signed_in",
      expires_at: now + 95_000,
      held: true,
      outputs: { login },
    },
    {
      name: "Old",
      label: "old@example.com",
      state: "needs_you",
      needs_you: {
        code: "oauth.invalid_grant",
        message: "Practice sessions ended the session: “refresh token expired”.",
        at: now - 7000,
      },
      outputs: { login },
    },
    { name: "Test", state: "expired", expires_at: now - 400, outputs: { login } },
    { name: "Personal" },
  ]);
  fake.sessions.activity(RENEWING_ID).push(
    {
      at: now - 420,
      account: "Work",
      reason: "status_401",
      outcome: "ok",
      updated: ["login.body.token"],
      error: null,
    },
    {
      at: now - 5000,
      account: null,
      reason: "before_expiry",
      outcome: "failed",
      updated: [],
      error: { code: "http.connect", message: "The server at 127.0.0.1:8787 did not answer." },
    },
    {
      at: now - 90_000,
      account: "Old",
      reason: "expired",
      outcome: "refused",
      updated: [],
      error: { code: "oauth.invalid_grant", message: "The refresh token expired." },
    },
  );
}

/** A connector with so many steps, each of which uses the one before it. */
function longFlow(count: number): string {
  const step = (index: number) => ({
    id: `step_${index}`,
    type: "api_request",
    request: {
      method: "GET",
      url: `/steps/${index}`,
      query: index === 1 ? [] : [{ name: "after", value: `{{ step_${index - 1}.body.id }}`, enabled: true }],
    },
  });
  return JSON.stringify({
    format: "latchwork.connector/1",
    name: "A long flow",
    kind: "rest",
    base_url: "https://api.acme.example",
    auth: {
      method: "multistep",
      steps: Array.from({ length: count }, (_, index) => step(index + 1)),
      request_parameters: [],
    },
  });
}

/**
 * What a plain browser starts with; the address says more: `?connectors=10000`, `?steps=200`, `?empty`, `?vault=locked`,
 * `?sso=signed_in`, `?sso=needs_you`, `?deep_link=other_program`, `?notice`, `?shared`,
 * `?accounts`, `?crowded` (apps), `?methods` (a connector of each auth method).
 */
export function fakeFromAddress(search: string): FakePlatform {
  const asked = new URLSearchParams(search);
  const documents = asked.has("empty")
    ? []
    : [PRACTICE_LOGIN, PRACTICE_RENEWING, PRACTICE_GRAPHQL, PRACTICE_OAUTH, WITH_OAUTH];
  if (asked.has("methods")) documents.push(...METHOD_CONNECTORS);
  const many = Number(asked.get("connectors") ?? 0);
  const sample = JSON.parse(PRACTICE_LOGIN) as { id?: string; name: string };
  for (let i = 1; i <= many; i += 1) {
    documents.push(
      JSON.stringify({ ...sample, id: undefined, name: `Connector ${String(i).padStart(5, "0")}` }),
    );
  }
  const steps = Number(asked.get("steps") ?? 0);
  if (steps > 0) documents.push(longFlow(steps));
  const vault: VaultStatus = {
    state: "locked",
    kept_by: null,
    message: "The system keyring is locked.",
    hint: "Unlock it, or keep secrets another way.",
  };
  const sso = asked.get("sso");
  const deepLink = asked.get("deep_link");
  const fake = createFakePlatform({
    documents,
    apps: asked.has("empty") ? [] : [SAMPLE_APP, ...(asked.has("crowded") ? [CROWDED_APP, EMPTY_APP] : [])],
    ...(asked.get("vault") === "locked" ? { vault } : {}),
    ...(sso === "signed_in" ? { sso: SIGNED_IN } : {}),
    ...(sso === "needs_you" ? { sso: { ...SIGNED_IN, state: sso, message: SESSION_OVER } } : {}),
    ...(deepLink === "other_program" || deepLink === "not_registered" ? { deepLink } : {}),
    notices: asked.has("notice") ? NOTICES : [],
  });
  const shared = fake.stored.get(OAUTH_ID);
  if (shared && asked.has("shared")) shared.shared = seconds() + 12_300;
  if (asked.has("accounts")) addAccounts(fake);
  const theme = asked.get("theme");
  if (theme === "light" || theme === "dark") void fake.settingsSet({ theme });
  if (asked.has("draft")) {
    const first = [...fake.stored.values()][0];
    if (first) {
      const changed = { ...readDocument(first.document), name: "Practice CRM, changed" };
      first.draft = { document: writeDocument(changed), saved_at: seconds() - 420 };
    }
  }
  return fake;
}
