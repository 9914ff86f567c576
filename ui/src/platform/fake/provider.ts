/** A small API that lives in memory: what the practice provider answers. */
import type { Body, Parameter, Request } from "@/model/connector";
import { parseJson, writeJson } from "@/model/json";
import type { Exchange, NameValue } from "../wire";
import { failure, MASK, masked, render, renderDeep, type Scope } from "./evaluate";
import { PRACTICE_URL } from "./samples";

const CONTACTS = Array.from({ length: 1200 }, (_, index) => ({
  id: index + 1,
  name: ["Ann Reed", "Bo Lind", "Cy Marsh", "Di Novak"][index % 4],
  email: `person${index + 1}@practice.example`,
  score: parseJson("9007199254740993"),
}));

const RENEWED = "tok_a10be5529c7f4d36";
const TOKENS = ["tok_3f9a1c77d2e04b18", RENEWED];

interface Answer {
  status: number;
  body: unknown;
  headers?: NameValue[];
}

function answer(method: string, path: string, headers: NameValue[], body: unknown): Answer {
  const authorized = headers.some(
    (header) =>
      header.name.toLowerCase() === "authorization" &&
      (TOKENS.includes(header.value.replace("Bearer ", "")) || header.value.startsWith("Bearer eyJ")),
  );
  const login = body as { email?: string; password?: string } | null;
  if (method === "POST" && path === "/login") {
    return login?.password === "practice"
      ? {
          status: 201,
          body: {
            token: "tok_3f9a1c77d2e04b18",
            user: { id: 4711, name: "Ann Reed", roles: ["admin", "sales"] },
            renewal_token: "rnw_81b5",
            expires_in: 3600,
          },
          headers: [{ name: "set-cookie", value: "sid=77aa; HttpOnly" }],
        }
      : { status: 401, body: { error: "wrong_password", message: "E-mail or password is wrong." } };
  }
  if (method === "POST" && path === "/renew") {
    return (body as { token?: string } | null)?.token === "rnw_81b5"
      ? { status: 200, body: { token: RENEWED, expires_in: 3600 } }
      : { status: 400, body: { error: "invalid_grant", message: "The session was ended." } };
  }
  if (path.startsWith("/echo"))
    return {
      status: 200,
      body: { method, path, headers: Object.fromEntries(headers.map((h) => [h.name, h.value])), body },
    };
  if (!authorized) return { status: 401, body: { error: "no_token" } };
  if (path.startsWith("/me")) return { status: 200, body: { id: 4711, name: "Ann Reed" } };
  const one = /^\/contacts\/(\d+)/.exec(path);
  if (one) {
    const contact = CONTACTS[Number(one[1]) - 1];
    return contact ? { status: 200, body: contact } : { status: 404, body: { error: "no_such_contact" } };
  }
  if (path.startsWith("/contacts"))
    return { status: 200, body: { count: CONTACTS.length, contacts: CONTACTS } };
  return { status: 404, body: { error: "not_found", path } };
}

function pairs(list: readonly Parameter[] | undefined, scope: Scope): NameValue[] {
  return (list ?? [])
    .filter((item) => item.enabled !== false && item.name !== "")
    .map((item) => ({ name: String(render(item.name, scope)), value: String(render(item.value, scope)) }));
}

function renderBody(body: Body | undefined, scope: Scope): unknown {
  switch (body?.type) {
    case "json":
      return renderDeep(body.value, scope);
    case "form":
    case "multipart":
      return Object.fromEntries(pairs(body.fields, scope).map((pair) => [pair.name, pair.value]));
    case "text":
      return render(body.content, scope);
    case "graphql":
      return { query: body.query, variables: renderDeep(body.variables ?? {}, scope) };
    default:
      return null;
  }
}

export interface Exchanged {
  exchange: Exchange;
  outputs: Record<string, unknown>;
}

export function exchange(request: Request, scope: Scope, extraHeaders: NameValue[] = []): Exchanged {
  const base = String((scope.connector as { base_url: string }).base_url);
  const rendered = String(render(request.url, scope));
  const url = new URL(rendered === "" || rendered.startsWith("/") ? base + rendered : rendered);
  for (const pair of pairs(request.query, scope)) url.searchParams.append(pair.name, pair.value);
  const headers = [...pairs(request.headers, scope), ...extraHeaders];
  const body = renderBody(request.body, scope);
  const shown: Exchange = {
    request: {
      method: request.method,
      url: url.href,
      headers: headers.map((h) => (/authorization|key/i.test(h.name) ? { ...h, value: MASK } : h)),
      body: body === null ? null : writeJson(masked(body), 2),
    },
    response: null,
    redirects: [],
    timing: { total_ms: 42, first_byte_ms: 31, resolve_ms: 4, connect_ms: 15 },
    attempts: 1,
  };
  if (url.origin !== PRACTICE_URL) {
    throw Object.assign(
      failure("http.dns", `The name “${url.hostname}” was not found.`, {
        hint: "Check the base URL and the network connection.",
        retryable: true,
      }),
      { exchange: shown },
    );
  }
  const got = answer(request.method, url.pathname, headers, body);
  const text = writeJson(got.body);
  const answerHeaders: NameValue[] = [
    { name: "content-type", value: "application/json" },
    { name: "content-length", value: String(text.length) },
    ...(got.headers ?? []).map((h) => ({ ...h, value: MASK })),
  ];
  shown.response = {
    http_version: "HTTP/1.1",
    status: got.status,
    headers: answerHeaders,
    body: writeJson(masked(parseJson(text))),
    body_bytes: text.length,
    truncated: false,
  };
  const cookies = got.headers ? { sid: "77aa" } : {};
  return {
    exchange: shown,
    outputs: {
      body: got.body,
      headers: Object.fromEntries(answerHeaders.map((h) => [h.name, h.value])),
      status: got.status,
      cookies,
    },
  };
}
