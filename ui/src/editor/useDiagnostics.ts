/** What the core's checker says of the document, a moment after the last edit. */
import { useEffect, useState } from "react";
import type { Connector } from "@/model/connector";
import { writeDocument } from "@/model/document";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";
import type { Diagnostic } from "@/platform/wire";

export const CHECK_DELAY_MS = 250;

export function useDiagnostics(document: Connector): readonly Diagnostic[] {
  const platform = usePlatform();
  const [diagnostics, setDiagnostics] = useState<readonly Diagnostic[]>([]);
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      platform.connectorCheck(writeDocument(document)).then(
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
  }, [platform, document]);
  return diagnostics;
}
