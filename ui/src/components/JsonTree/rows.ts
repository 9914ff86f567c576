/** A JSON value as the rows of a tree: which are visible, what each says. Pure. */
import { isLosslessNumber } from "@/model/json";
import { memberPath } from "@/model/template";

export const MASK = "•••";

export interface TreeRow {
  path: string;
  name: string;
  level: number;
  kind: "object" | "list" | "string" | "number" | "boolean" | "null" | "masked";
  /** What stands behind the name: the value, or a container's first members. */
  text: string;
  count: number;
  isContainer: boolean;
  isExpanded: boolean;
  parent: string | null;
}

const PREVIEW_CHARACTERS = 60;

function kindOf(value: unknown): TreeRow["kind"] {
  if (value === null || value === undefined) return "null";
  if (value === MASK) return "masked";
  if (Array.isArray(value)) return "list";
  if (typeof value === "number" || isLosslessNumber(value)) return "number";
  if (typeof value === "string") return "string";
  return typeof value === "boolean" ? "boolean" : "object";
}

function membersOf(value: unknown): [string | number, unknown][] {
  if (Array.isArray(value)) return value.map((item, index) => [index, item]);
  return Object.entries(value as object);
}

export function scalarText(value: unknown): string {
  if (value === null || value === undefined) return "null";
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function preview(value: unknown): string {
  if (Array.isArray(value))
    return value.length === 1 ? "1 item" : `${value.length.toLocaleString("en")} items`;
  let text = "";
  const members = Object.entries(value as object);
  for (const [name, member] of members) {
    const kind = kindOf(member);
    const shown =
      kind === "object" ? "{…}" : kind === "list" ? "[…]" : kind === "masked" ? MASK : scalarText(member);
    const next = `${text === "" ? "" : ", "}${name}: ${shown}`;
    if (text.length + next.length > PREVIEW_CHARACTERS) return `{ ${text === "" ? "" : `${text}, `}… }`;
    text += next;
  }
  return text === "" ? "{}" : `{ ${text} }`;
}

/** The rows that are visible with these paths open, in order. */
export function treeRows(
  value: unknown,
  options: { root: string; isExpanded: (path: string, level: number, isOnly: boolean) => boolean },
): TreeRow[] {
  const rows: TreeRow[] = [];
  const walk = (parent: unknown, parentPath: string, parentRow: string | null, level: number): void => {
    const members = membersOf(parent);
    for (const [name, member] of members) {
      const path = memberPath(parentPath, name);
      const kind = kindOf(member);
      const isContainer = kind === "object" || kind === "list";
      const count = isContainer ? membersOf(member).length : 0;
      const isExpanded = isContainer && count > 0 && options.isExpanded(path, level, members.length === 1);
      rows.push({
        path,
        name: String(name),
        level,
        kind,
        text: isContainer ? preview(member) : kind === "masked" ? MASK : scalarText(member),
        count,
        isContainer: isContainer && count > 0,
        isExpanded,
        parent: parentRow,
      });
      if (isExpanded) walk(member, path, path, level + 1);
    }
  };
  if (typeof value === "object" && value !== null && !isLosslessNumber(value))
    walk(value, options.root, null, 1);
  return rows;
}
