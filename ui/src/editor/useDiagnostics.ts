/** What the core's checker says of the document, a moment after the last edit. */
import { useEffect, useState } from "react";
import { toAppError } from "@/platform/errors";
import type { Diagnostic } from "@/platform/wire";

export const CHECK_DELAY_MS = 250;

/** `check` asks the core about a document; it is the same function from one drawing to the next. */
export function useDiagnostics<Document>(
  document: Document,
  check: (document: Document) => Promise<Diagnostic[]>,
): readonly Diagnostic[] {
  const [diagnostics, setDiagnostics] = useState<readonly Diagnostic[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      check(document).then(
        (found) => isCurrent && setDiagnostics(found),
        // A document that cannot be read at all is itself the finding.
        (cause) => {
          const error = toAppError(cause);
          if (isCurrent) {
            setDiagnostics([
              {
                code: error.code,
                severity: "error",
                path: error.field ?? "",
                message: error.message,
                help: error.hint ?? "",
              },
            ]);
          }
        },
      );
    }, CHECK_DELAY_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [check, document]);
  return diagnostics;
}
