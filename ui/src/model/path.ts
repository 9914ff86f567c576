/** Places in a document, as lists of members and as the core's text: `auth.steps[1].request.url`. */

export type Path = readonly (string | number)[];

const PLAIN = /^[A-Za-z_][A-Za-z0-9_-]*$/;

export function formatPath(path: Path): string {
  let text = "";
  for (const part of path) {
    if (typeof part === "number") text += `[${part}]`;
    else if (PLAIN.test(part)) text += text === "" ? part : `.${part}`;
    else text += `['${part.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}']`;
  }
  return text;
}

export function parsePath(text: string): (string | number)[] {
  const path: (string | number)[] = [];
  const token = /\.?([^.[\]]+)|\[(\d+)\]|\[(['"])((?:\\.|(?!\3).)*)\3\]/gy;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (!match) break;
    if (match[2] !== undefined) path.push(Number(match[2]));
    else if (match[4] !== undefined) path.push(match[4].replace(/\\(.)/g, "$1"));
    else path.push(match[1] ?? "");
  }
  return path;
}

/** True where `path` is `parent` itself or lies inside it. */
export function isInside(path: string, parent: string): boolean {
  if (!path.startsWith(parent)) return false;
  const next = path[parent.length];
  return next === undefined || next === "." || next === "[" || parent === "";
}

export function valueAt(root: unknown, path: Path): unknown {
  let value: unknown = root;
  for (const part of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

/** A copy of `root` with `value` at `path`; what is not on the path is shared. `undefined` takes a member out. */
export function withValueAt<T>(root: T, path: Path, value: unknown): T {
  const [part, ...rest] = path;
  if (part === undefined) return value as T;
  if (Array.isArray(root)) {
    const copy = root.slice();
    copy[Number(part)] = withValueAt(copy[Number(part)], rest, value);
    return copy as T;
  }
  const source = (typeof root === "object" && root !== null ? root : {}) as Record<string, unknown>;
  const next = withValueAt(source[part], rest, value);
  if (next === undefined) {
    const { [part]: _gone, ...kept } = source;
    return kept as T;
  }
  return { ...source, [part]: next } as T;
}
