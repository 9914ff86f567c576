/** The connectors that the in-memory core keeps, and how they are told to the window. */
import type { Connector } from "@/model/connector";
import { authSteps, readDocument, writeDocument } from "@/model/document";
import type { ConnectorOpened, ConnectorSummary, TestState } from "../wire";
import { failure } from "./evaluate";
import type { FakeSessions } from "./sessions";

export const seconds = () => Math.floor(Date.now() / 1000);

export interface Stored {
  id: string;
  document: string;
  revision: number;
  draft: { document: string; saved_at: number } | null;
  updated_at: number;
  test_state: TestState;
  secrets: Map<string, string>;
  /** When the shared sign-in expires, in Unix seconds; null where there is none. */
  shared: number | null;
  /** The file it is saved to, and its text as it was when the two were the same last. */
  file: { path: string; text: string } | null;
}

export type FakeLibrary = ReturnType<typeof fakeLibrary>;

export function fakeLibrary(sessions: FakeSessions, documents: readonly string[]) {
  const stored = new Map<string, Stored>();
  /** The files of the disk that matter here: path and text. */
  const disk = new Map<string, string>();
  let count = 0;
  /** A number that nothing else here has. */
  const next = () => {
    count += 1;
    return count;
  };
  const put = (document: string): Stored => {
    const connector = readDocument(document);
    const madeUp = `00000000-0000-4000-8000-${String(next()).padStart(12, "0")}`;
    const wanted = connector.id ?? madeUp;
    const id = stored.has(wanted) ? madeUp : wanted;
    const row: Stored = {
      id,
      document: writeDocument({ ...connector, id }),
      revision: 1,
      draft: null,
      updated_at: seconds(),
      test_state: "not_tested",
      secrets: new Map(),
      shared: null,
      file: null,
    };
    stored.set(id, row);
    return row;
  };
  for (const document of documents) put(document);
  const row = (id: string): Stored => {
    const found = stored.get(id);
    if (!found) throw failure("connector.not_found", "There is no such connector any more.");
    return found;
  };
  const opened = (one: Stored): ConnectorOpened => ({
    id: one.id,
    document: one.document,
    revision: one.revision,
    draft: one.draft,
    file_path: one.file?.path ?? null,
    test_state: one.test_state,
    updated_at: one.updated_at,
  });
  const read = new Map<string, Connector>();
  const readOnce = (document: string): Connector => {
    const known = read.get(document) ?? readDocument(document);
    read.set(document, known);
    return known;
  };
  const summary = (one: Stored): ConnectorSummary => {
    const connector = readOnce(one.document);
    return {
      id: one.id,
      name: connector.name,
      kind: connector.kind,
      base_url: connector.base_url,
      auth_method: connector.auth.method,
      step_count: authSteps(connector).length,
      endpoint_count: connector.endpoints?.length ?? 0,
      has_draft: one.draft !== null,
      test_state: one.test_state,
      file_path: one.file?.path ?? null,
      updated_at: one.updated_at,
      signed_in: sessions.row(one.id, null).outputs !== null,
    };
  };

  return { stored, disk, put, row, opened, readOnce, summary, next };
}
