/** Tokens for the in-memory platform: made to look like the real thing, signed by nobody. */
import { parseJson, writeJson } from "@/model/json";
import type { TokenView } from "../wire";

function encoded(value: unknown): string {
  return btoa(writeJson(value)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function decoded(part: string): Record<string, unknown> | null {
  try {
    const value = parseJson(atob(part.replaceAll("-", "+").replaceAll("_", "/")));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

export function fakeJwt(claims: Record<string, unknown>): string {
  return `${encoded({ alg: "RS256", typ: "JWT", kid: "key-1" })}.${encoded(claims)}.c2lnbmF0dXJl`;
}

/** What there is to see of a token that is no JWT. */
export const OPAQUE: TokenView = {
  is_jwt: false,
  algorithm: null,
  key_id: null,
  header: null,
  claims: null,
  issued_at: null,
  not_before: null,
  expires_at: null,
  issuer: null,
  audience: [],
  subject: null,
};

export function viewToken(token: string): TokenView {
  const [first = "", second = "", ...rest] = token.split(".");
  const header = decoded(first);
  const claims = decoded(second);
  if (!header || !claims || rest.length !== 1) {
    return OPAQUE;
  }
  const text = (name: string) => (typeof claims[name] === "string" ? (claims[name] as string) : null);
  const time = (name: string) => (typeof claims[name] === "number" ? (claims[name] as number) : null);
  return {
    is_jwt: true,
    algorithm: typeof header.alg === "string" ? header.alg : null,
    key_id: typeof header.kid === "string" ? header.kid : null,
    header,
    claims,
    issued_at: time("iat"),
    not_before: time("nbf"),
    expires_at: time("exp"),
    issuer: text("iss"),
    subject: text("sub"),
    audience: [claims.aud ?? []].flat().map(String),
  };
}
