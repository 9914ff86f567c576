/** The library, the catalogue and the secrets of the in-memory core. */
import { readDocument, writeDocument } from "@/model/document";
import type { Platform } from "../platform";
import type { ConnectorKind } from "../wire";
import { CATALOGUE, catalogueConnector, searchCatalogue } from "./catalogue";
import { failure } from "./evaluate";
import { type FakeLibrary, seconds } from "./library";
import { check } from "./names";

/** How many connectors are given at once, as in the core. */
const PAGE = 100;

type Commands = Pick<
  Platform,
  | "connectorList"
  | "connectorCreate"
  | "connectorOpen"
  | "connectorDuplicate"
  | "connectorDelete"
  | "draftSave"
  | "draftDiscard"
  | "connectorSave"
  | "connectorCheck"
  | "catalogueList"
  | "catalogueAdd"
  | "certificateChoose"
  | "secretList"
  | "secretSet"
  | "secretClear"
>;

export function fakeConnectors({ stored, disk, put, row, opened, summary }: FakeLibrary): Commands {
  return {
    connectorList: async (query, offset) => {
      const wanted = query.trim().toLowerCase();
      const found = [...stored.values()]
        .map(summary)
        .filter((one) => [one.name, one.base_url].some((text) => text.toLowerCase().includes(wanted)))
        .sort((a, b) => a.name.localeCompare(b.name));
      return { total: found.length, connectors: found.slice(offset, offset + PAGE) };
    },
    connectorCreate: async (name, kind: ConnectorKind, baseUrl) => {
      const document = writeDocument({
        format: "latchwork.connector/1",
        name,
        kind,
        base_url: baseUrl,
        auth: { method: "multistep", steps: [], refresh: { mode: "none" }, request_parameters: [] },
        endpoints: [],
      });
      return opened(put(document));
    },
    connectorOpen: async (id) => {
      const one = row(id);
      const text = one.file ? disk.get(one.file.path) : undefined;
      if (one.file && text !== undefined && text !== one.file.text && !one.draft) {
        try {
          one.document = writeDocument({ ...readDocument(text), id });
          one.revision += 1;
          one.file.text = text;
        } catch {
          // A file that is no connector is not followed.
        }
      }
      return opened(one);
    },
    connectorDuplicate: async (id) => {
      const { id: _same, ...connector } = readDocument(row(id).document);
      return opened(put(writeDocument({ ...connector, name: `${connector.name} copy` })));
    },
    connectorDelete: async (id) => {
      row(id);
      stored.delete(id);
    },
    draftSave: async (id, document) => {
      const saved_at = seconds();
      row(id).draft = { document, saved_at };
      return { saved_at };
    },
    draftDiscard: async (id) => {
      row(id).draft = null;
    },
    connectorSave: async (id, document, revision, over) => {
      const one = row(id);
      if (one.revision !== revision) {
        throw failure("file.conflict", "The connector was saved elsewhere in the meantime.");
      }
      if (one.file) {
        const onDisk = disk.get(one.file.path);
        if (onDisk !== undefined && onDisk !== one.file.text && onDisk !== over) {
          throw failure("file.changed", `${one.file.path} was changed by another program`);
        }
        disk.set(one.file.path, document);
        one.file.text = document;
      }
      if (one.test_state === "passed" && document !== one.document) one.test_state = "changed";
      Object.assign(one, { document, revision: revision + 1, draft: null, updated_at: seconds() });
      return opened(one);
    },
    connectorCheck: async (document) => check(readDocument(document)),
    catalogueList: async (query) => searchCatalogue(query),
    catalogueAdd: async (id) => {
      const entry = CATALOGUE.find((one) => one.id === id);
      if (!entry) throw failure("file.not_found", `The catalogue has no entry “${id}”.`);
      return opened(put(catalogueConnector(entry)));
    },
    certificateChoose: async () => "/home/ada/certificates/acme-internal-ca.pem",

    secretList: async (id) =>
      (readDocument(row(id).draft?.document ?? row(id).document).variables ?? [])
        .filter((variable) => variable.secret)
        .map((variable) => ({ name: variable.name, is_set: row(id).secrets.has(variable.name) })),
    secretSet: async (id, name, value) => void row(id).secrets.set(name, value),
    secretClear: async (id, name) => void row(id).secrets.delete(name),
  };
}
