/** Imports and exports of the in-memory core: enough of each format to show and to test the dialogs. */
import type { Connector } from "@/model/connector";
import { readDocument, writeDocument } from "@/model/document";
import { parseJson } from "@/model/json";
import type { Platform } from "../platform";
import type { ConnectorOpened, ImportEndpoint, ImportKind, ImportNote, ImportPreview } from "../wire";
import { failure } from "./evaluate";

/** What the name of an exported file ends with. */
const EXTENSIONS = { connector: "connector.json", curl: "sh", open_api: "openapi.json" } as const;

type Imports = Pick<
  Platform,
  | "importPreview"
  | "importPreviewFile"
  | "importCommit"
  | "importDiscard"
  | "connectorExportText"
  | "connectorExportAs"
>;

interface Held {
  preview: ImportPreview;
  connector: Connector;
  text: string;
}

export interface FakeImports {
  /** What the system's file dialog gives; nothing where it is closed. */
  fileToChoose: string | null;
  held: Map<string, Held>;
}

interface Library {
  add(document: string, secrets: ReadonlyMap<string, string>): ConnectorOpened;
  document(id: string): string;
}

interface PostmanItem {
  name?: string;
  item?: PostmanItem[];
  request?: { method?: string; url?: string };
  event?: unknown[];
}

interface Postman {
  info: { name: string };
  item: PostmanItem[];
  variable?: { key: string; value?: string }[];
}

function flat(items: readonly PostmanItem[], folder = ""): { name: string; one: PostmanItem }[] {
  return items.flatMap((one) => {
    const name = folder ? `${folder} / ${one.name}` : (one.name ?? "");
    return one.item ? flat(one.item, name) : [{ name, one }];
  });
}

function idOf(name: string, index: number): string {
  return `${
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^_|_$/g, "") || "call"
  }_${index}`;
}

function postman(text: string, baseUrl: string | null): Omit<Held, "text"> {
  const collection = parseJson(text) as Postman;
  if (!Array.isArray(collection.item)) {
    throw failure("import.invalid", "item: expected a list, found an object", {
      hint: "Export the collection again from Postman, as Collection v2.1.",
    });
  }
  const base =
    baseUrl ?? collection.variable?.find((one) => one.key === "baseUrl")?.value ?? "https://api.example";
  const requests = flat(collection.item);
  const endpoints = requests.map(({ name, one }, index) => ({
    id: idOf(name, index),
    name,
    request: {
      method: one.request?.method ?? "GET",
      url: (one.request?.url ?? "").replace("{{baseUrl}}", ""),
    },
  }));
  const scripts = requests.filter(({ one }) => one.event?.length).map(({ name }) => `\`${name}\``);
  const notes: ImportNote[] =
    scripts.length > 0
      ? [{ kind: "left_out", message: `Test scripts are not run: ${scripts.join(", ")}.` }]
      : [];
  const connector: Connector = {
    format: "latchwork.connector/1",
    name: collection.info.name,
    kind: "rest",
    base_url: base,
    variables: [
      { name: "token", secret: true },
      { name: "api_key", secret: true },
    ],
    auth: { method: "bearer", token: "{{ vars.token }}" },
    endpoints,
  };
  return {
    connector,
    preview: preview("postman", connector, notes, baseUrl !== null, [
      `The API at \`${base}\`, out of \`{{baseUrl}}\``,
      "Bearer token as the auth method",
      `${endpoints.length} endpoints`,
      "1 secret, for the vault and not for the file: `token`",
    ]),
  };
}

function preview(
  kind: ImportKind,
  connector: Connector,
  notes: ImportNote[],
  environment: boolean | null,
  understood: string[],
): ImportPreview {
  const endpoints: ImportEndpoint[] = (connector.endpoints ?? []).slice(0, 100).map((endpoint) => ({
    id: endpoint.id,
    name: endpoint.name ?? "",
    method: endpoint.request.method,
    url: endpoint.request.url,
  }));
  return {
    id: "",
    kind,
    name: connector.name,
    base_url: connector.base_url,
    auth_method: connector.auth.method,
    understood,
    notes,
    secrets: (connector.variables ?? [])
      .filter((variable) => variable.secret)
      .map((variable, index) => ({ name: variable.name, found: kind === "postman" && index === 0 })),
    endpoints,
    endpoint_count: connector.endpoints?.length ?? 0,
    environment,
  };
}

function curl(text: string): Omit<Held, "text"> {
  const addresses = [...text.matchAll(/curl\s+'?(https?:\/\/[^\s'"]+)/g)].map(
    (match) => new URL(match[1] ?? ""),
  );
  const [first] = addresses;
  if (!first) {
    throw failure("import.invalid", "line 1, column 5: the command has no address", {
      hint: "Mend the command there, or copy it again as cURL.",
    });
  }
  const connector: Connector = {
    format: "latchwork.connector/1",
    name: first.host,
    kind: "rest",
    base_url: first.origin,
    auth: { method: "none" },
    endpoints: addresses.map((address, index) => ({
      id: idOf(address.pathname, index),
      name: `GET ${address.pathname}`,
      request: { method: "GET", url: address.pathname },
    })),
  };
  return {
    connector,
    preview: preview("curl", connector, [], null, [
      `The API at \`${first.origin}\``,
      "No auth: requests are sent as they are",
      `${addresses.length} endpoints`,
    ]),
  };
}

function recognised(text: string): Omit<Held, "text"> {
  if (/^\s*(\$ )?curl\b/m.test(text)) return curl(text);
  if (!text.trimStart().startsWith("{")) {
    throw failure(
      "import.unrecognised",
      "this is no connector file, no cURL command, no OpenAPI description and no Postman collection",
      { hint: "Choose a file of one of these kinds." },
    );
  }
  let value: { format?: string; info?: unknown };
  try {
    value = parseJson(text) as { format?: string; info?: unknown };
  } catch {
    throw failure("import.unrecognised", `line 1, column ${text.length}: this is not whole JSON`, {
      hint: "Was all of the file copied? Mend the JSON at that line and column.",
    });
  }
  if (value.info) return postman(text, null);
  const connector = readDocument(text);
  return {
    connector,
    preview: preview("connector", connector, [], null, [`The API at \`${connector.base_url}\``]),
  };
}

export function fakeImports(library: Library, state: FakeImports): Imports {
  let count = 0;
  const keep = (held: Held): ImportPreview => {
    count += 1;
    const one = { ...held, preview: { ...held.preview, id: `import-${count}` } };
    state.held.set(one.preview.id, one);
    return one.preview;
  };
  const read = (text: string, onto: string | null): ImportPreview => {
    const before = onto === null ? undefined : state.held.get(onto);
    const values = text.includes('"values"')
      ? (parseJson(text) as { values: { key: string; value: string }[] })
      : null;
    if (values && before?.preview.kind === "postman") {
      const base = values.values.find((one) => one.key === "baseUrl")?.value ?? "";
      return keep({ ...postman(before.text, base), text: before.text });
    }
    return keep({ ...recognised(text), text });
  };
  return {
    importPreview: async (text, onto) => read(text, onto),
    importPreviewFile: async (onto) => (state.fileToChoose === null ? null : read(state.fileToChoose, onto)),
    importCommit: async (id, name, secrets) => {
      const held = state.held.get(id);
      if (!held) throw failure("import.unrecognised", "this preview is no longer there");
      state.held.delete(id);
      const found = held.preview.secrets.filter((secret) => secret.found);
      const values = new Map(found.map((secret) => [secret.name, "from the file"]));
      for (const secret of secrets) values.set(secret.name, secret.value);
      return library.add(writeDocument({ ...held.connector, name }), values);
    },
    importDiscard: async (id) => void state.held.delete(id),
    connectorExportText: async (id, kind) => {
      const connector = readDocument(library.document(id));
      const text =
        kind === "curl"
          ? `#!/bin/sh\n# ${connector.name}\ncase "\${1-}" in\n${(connector.endpoints ?? [])
              .map(
                (endpoint) =>
                  `${endpoint.id})\n  : "\${VARS_TOKEN:?is not set}"\n  curl ${connector.base_url}${endpoint.request.url}\n  ;;\n`,
              )
              .join("")}esac\n`
          : `{\n  "openapi": "3.1.0",\n  "info": { "title": "${connector.name}", "version": "1" }\n}\n`;
      return {
        text,
        notes:
          kind === "curl"
            ? [
                "The auth flow is not in the script: what its steps give is asked for as variables of the shell.",
              ]
            : [],
      };
    },
    connectorExportAs: async (id, kind) => `~/${readDocument(library.document(id)).name}.${EXTENSIONS[kind]}`,
  };
}
