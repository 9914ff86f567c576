import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";

const ROOT = resolve(__dirname, "..");

/** The file that an import of `from` means; null where it is a package. */
function fileOf(name: string, from: string): string | null {
  const base = name.startsWith("@/")
    ? join(ROOT, name.slice(2))
    : name.startsWith(".")
      ? join(dirname(from), name)
      : null;
  if (base === null) return null;
  const found = [base, `${base}.ts`, `${base}.tsx`, join(base, "index.ts")].find(
    (path) => /\.\w+$/.test(path) && existsSync(path),
  );
  if (found === undefined) throw new Error(`${from} imports ${name}, which is not there`);
  return found;
}

/** All that is loaded with an entry before anything is drawn: what is imported for its types alone is not. */
function loadedWith(entry: string): { files: Set<string>; packages: Set<string> } {
  const files = new Set<string>();
  const packages = new Set<string>();
  const walk = (file: string) => {
    if (files.has(file)) return;
    files.add(file);
    if (!/\.tsx?$/.test(file)) return;
    const source = readFileSync(file, "utf8");
    for (const [, name = ""] of source.matchAll(
      /^(?:import|export)\b(?! type\b)[^;]*?["']([^"']+)["'];/gms,
    )) {
      const path = fileOf(name, file);
      if (path) walk(path);
      else packages.add(name);
    }
  };
  walk(join(ROOT, entry));
  return { files, packages };
}

const isStudios = (file: string) =>
  /^(screens|editor|components\/CodeField|platform\/fake)\b/.test(relative(ROOT, file));

test("an app's window loads nothing of the studio's", () => {
  const { files, packages } = loadedWith("appMain.tsx");
  expect(files.size).toBeGreaterThan(60);
  expect([...files].filter(isStudios)).toEqual([]);
  expect([...packages].filter((name) => name.includes("codemirror"))).toEqual([]);
  // The same walk finds both in the studio's own window.
  expect([...loadedWith("screens/Editor/EditorScreen.tsx").packages]).toContain("@codemirror/view");
});
