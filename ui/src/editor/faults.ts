/** The checker's findings, as faults of the fields that they are about. */
import { useMemo, useSyncExternalStore } from "react";
import type { Fault } from "@/components/CodeField/pills";
import { isInside } from "@/model/path";
import { spoken, unmarked } from "@/model/sentence";
import type { Diagnostic } from "@/platform/wire";
import { useDocumentEditor } from "./DocumentContext";

/** The name that a finding quotes, which says which expression of a text it is about. */
export function quotedName(message: string): string | null {
  return /[“"'`‘«]([^”"'`’»]+)[”"'`’»]/.exec(message)?.[1]?.trim() ?? null;
}

export function faultsFrom(diagnostics: readonly Diagnostic[]): Fault[] {
  return diagnostics.map((diagnostic) => ({
    name: quotedName(diagnostic.message),
    message: unmarked(spoken(diagnostic.message)),
  }));
}

/** The findings at or below a path. */
export function useFindings(path: string): readonly Diagnostic[] {
  const { diagnostics } = useDocumentEditor();
  return useMemo(() => diagnostics.filter((one) => isInside(one.path, path)), [diagnostics, path]);
}

/** The findings below these paths that no field on the screen shows by itself. */
export function useUnclaimedFindings(paths: readonly string[]): readonly Diagnostic[] {
  const { diagnostics, claims } = useDocumentEditor();
  const claimed = useSyncExternalStore(claims.subscribe, claims.paths);
  return diagnostics.filter(
    (one) =>
      paths.some((path) => isInside(one.path, path)) && !claimed.some((path) => isInside(one.path, path)),
  );
}
