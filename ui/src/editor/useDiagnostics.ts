/** What the core's checker says of the document, a moment after the last edit. */
import { useEffect, useMemo, useState } from "react";
import { parsePath } from "@/model/path";
import { toAppError } from "@/platform/errors";
import type { Diagnostic } from "@/platform/wire";

export const CHECK_DELAY_MS = 250;

/** What was said, and of what. */
interface Said<Document> {
  document: Document;
  findings: readonly Diagnostic[];
}

/** The members that say what kind of thing an object is, and so which others it has. */
const KINDS = ["method", "type", "grant", "mode"] as const;

type Members = Record<string | number, unknown>;

/**
 * True while what a finding is in is of the kind that it was when it was found: what was said of an API key is not said
 * of the bearer token that takes its place, not even until the next check.
 */
function isStillOf(path: string, before: unknown, now: unknown): boolean {
  let [old, current] = [before, now];
  for (const part of parsePath(path)) {
    if (typeof old !== "object" || old === null) return true;
    if (typeof current !== "object" || current === null) return false;
    const [was, is] = [old as Members, current as Members];
    if (KINDS.some((kind) => was[kind] !== is[kind])) return false;
    [old, current] = [was[part], is[part]];
  }
  return true;
}

/** `check` asks the core about a document; it is the same function from one drawing to the next. */
export function useDiagnostics<Document>(
  document: Document,
  check: (document: Document) => Promise<Diagnostic[]>,
): readonly Diagnostic[] {
  const [said, setSaid] = useState<Said<Document>>({ document, findings: [] });
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      check(document).then(
        (findings) => isCurrent && setSaid({ document, findings }),
        // A document that cannot be read at all is itself the finding.
        (cause) => {
          const error = toAppError(cause);
          if (isCurrent) {
            setSaid({
              document,
              findings: [
                {
                  code: error.code,
                  severity: "error",
                  path: error.field ?? "",
                  message: error.message,
                  help: error.hint ?? "",
                },
              ],
            });
          }
        },
      );
    }, CHECK_DELAY_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [check, document]);
  return useMemo(
    () => said.findings.filter((finding) => isStillOf(finding.path, said.document, document)),
    [said, document],
  );
}
