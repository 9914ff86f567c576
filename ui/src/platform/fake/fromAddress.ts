/** The in-memory platform of a plain browser, as its address asks for it. */
import { readDocument, writeDocument } from "@/model/document";
import type { StudioNotice, VaultStatus } from "../wire";
import { SIGNED_IN } from "./account";
import { failure } from "./evaluate";
import { createFakePlatform, type FakePlatform, seconds } from "./index";
import { OAUTH_ID, PRACTICE_GRAPHQL, PRACTICE_LOGIN, PRACTICE_OAUTH, WITH_OAUTH } from "./samples";

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

/**
 * What a plain browser starts with; the address says more: `?connectors=10000`, `?empty`, `?vault=locked`,
 * `?sso=signed_in`, `?sso=needs_you`, `?deep_link=other_program`, `?notice`, `?shared`.
 */
export function fakeFromAddress(search: string): FakePlatform {
  const asked = new URLSearchParams(search);
  const documents = asked.has("empty") ? [] : [PRACTICE_LOGIN, PRACTICE_GRAPHQL, PRACTICE_OAUTH, WITH_OAUTH];
  const many = Number(asked.get("connectors") ?? 0);
  const sample = JSON.parse(PRACTICE_LOGIN) as { id?: string; name: string };
  for (let i = 1; i <= many; i += 1) {
    documents.push(
      JSON.stringify({ ...sample, id: undefined, name: `Connector ${String(i).padStart(5, "0")}` }),
    );
  }
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
    ...(asked.get("vault") === "locked" ? { vault } : {}),
    ...(sso === "signed_in" ? { sso: SIGNED_IN } : {}),
    ...(sso === "needs_you" ? { sso: { ...SIGNED_IN, state: sso, message: SESSION_OVER } } : {}),
    ...(deepLink === "other_program" || deepLink === "not_registered" ? { deepLink } : {}),
    notices: asked.has("notice") ? NOTICES : [],
  });
  const shared = fake.stored.get(OAUTH_ID);
  if (shared && asked.has("shared")) shared.shared = seconds() + 12_300;
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
