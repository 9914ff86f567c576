/** Connectors of the in-memory core that are saved to files of its in-memory disk. A text is its own hash. */
import { readDocument, writeDocument } from "@/model/document";
import { toAppError } from "../errors";
import type { Platform } from "../platform";
import { failure } from "./evaluate";
import { type FakeLibrary, type Stored, seconds } from "./library";

export interface FakeLinked {
  /** The disk: path and text. */
  disk: Map<string, string>;
  /** What the person chooses in the system's dialog next; null closes it. */
  chosenPath: string | null;
}

type Commands = Pick<
  Platform,
  | "connectorOpenFile"
  | "connectorFile"
  | "connectorFileText"
  | "connectorTakeFile"
  | "connectorLink"
  | "connectorUnlink"
>;

function readOr(text: string): { fault: ReturnType<typeof toAppError> | null } {
  try {
    readDocument(text);
    return { fault: null };
  } catch {
    return { fault: toAppError(failure("file.invalid", "line 1, column 1: this is not JSON")) };
  }
}

export function fakeLinked(library: FakeLibrary, state: FakeLinked): Commands {
  const { stored, disk, put, row, opened } = library;
  const textOf = (one: Stored): string => {
    const text = one.file ? disk.get(one.file.path) : undefined;
    if (text === undefined) throw failure("file.not_found", "The file is gone.");
    return text;
  };
  return {
    connectorOpenFile: async () => {
      const path = state.chosenPath;
      if (path === null) return null;
      const known = [...stored.values()].find((one) => one.file?.path === path);
      if (known) return { opened: opened(known), beside: null };
      const text = disk.get(path);
      if (text === undefined) throw failure("file.not_found", `${path}: No such file`);
      const { fault } = readOr(text);
      if (fault) throw fault;
      const wanted = readDocument(text).id;
      const beside = wanted ? (stored.get(wanted) ?? null) : null;
      const one = put(text);
      one.file = { path, text };
      return { opened: opened(one), beside: beside ? readDocument(beside.document).name : null };
    },
    connectorFile: async (id) => {
      const { file } = row(id);
      if (!file) return null;
      const text = disk.get(file.path);
      const { revision } = row(id);
      const about = { path: file.path, name: file.path.replace(/^.*\//, ""), revision };
      if (text === undefined) return { ...about, state: { type: "missing" } };
      if (text === file.text) return { ...about, state: { type: "same" } };
      return { ...about, state: { type: "changed", hash: text, ...readOr(text) } };
    },
    connectorFileText: async (id, mine) => {
      const text = textOf(row(id));
      const { fault } = readOr(text);
      return { text: fault ? text : writeDocument(readDocument(text)), mine, hash: text, fault };
    },
    connectorTakeFile: async (id, hash) => {
      const one = row(id);
      const text = textOf(one);
      if (text !== hash) throw failure("file.changed", "The file was changed by another program");
      const document = writeDocument({ ...readDocument(text), id });
      if (one.file) one.file.text = text;
      Object.assign(one, { document, revision: one.revision + 1, draft: null, updated_at: seconds() });
      return opened(one);
    },
    connectorLink: async (id) => {
      const one = row(id);
      if (state.chosenPath === null) return null;
      one.file = { path: state.chosenPath, text: one.document };
      disk.set(state.chosenPath, one.document);
      return opened(one);
    },
    connectorUnlink: async (id) => {
      row(id).file = null;
      return opened(row(id));
    },
  };
}
