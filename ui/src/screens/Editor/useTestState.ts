/** Whether the document as it stands was tested: by the last run here, or as the core remembers it. */
import { useEffect, useRef, useState } from "react";
import type { Connector } from "@/model/connector";
import type { TestState } from "@/platform/wire";
import type { Timeline } from "@/run/timeline";

interface Tested {
  document: Connector;
  ok: boolean;
}

export function useTestState(
  remembered: TestState,
  document: Connector,
  openedWithDraft: boolean,
  timeline: Timeline,
): { state: TestState } {
  const [first] = useState(document);
  const [tested, setTested] = useState<Tested | null>(null);
  const started = useRef<Connector | null>(null);
  const current = useRef(document);
  current.current = document;
  const isAuthTest = timeline.what?.type === "auth_steps";

  useEffect(() => {
    if (!isAuthTest) return;
    if (timeline.state === "running") started.current ??= current.current;
    else if (started.current) {
      if (timeline.state !== "cancelled")
        setTested({ document: started.current, ok: timeline.state === "ok" });
      started.current = null;
    }
  }, [timeline.state, isAuthTest]);

  if (tested) {
    if (tested.document !== document && !sameContent(tested.document, document)) return { state: "changed" };
    return { state: tested.ok ? "passed" : "failed" };
  }
  const isUnchanged = document === first && !openedWithDraft;
  if (remembered === "not_tested") return { state: "not_tested" };
  return { state: isUnchanged || sameContent(first, document) ? remembered : "changed" };
}

/** The same but for what the core writes by itself when it saves. */
function sameContent(a: Connector, b: Connector): boolean {
  return (
    (a.auth === b.auth && a.base_url === b.base_url && a.variables === b.variables && a.test === b.test) ||
    JSON.stringify([a.auth, a.base_url, a.variables, a.test, a.network]) ===
      JSON.stringify([b.auth, b.base_url, b.variables, b.test, b.network])
  );
}
