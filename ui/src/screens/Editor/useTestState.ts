/** Whether the document as it stands was tested: by the last run here, or as the core remembers it. */
import { useEffect, useRef, useState } from "react";
import type { SavedState } from "@/editor/useDocument";
import type { Connector } from "@/model/connector";
import type { ConnectorOpened, TestState } from "@/platform/wire";
import type { Timeline } from "@/run/timeline";

type Saved = SavedState<Connector, ConnectorOpened>;

interface Tested {
  document: Connector;
  ok: boolean;
  /** The save that the test came after. */
  since: Saved | null;
}

export function useTestState(
  remembered: TestState,
  document: Connector,
  openedWithDraft: boolean,
  timeline: Timeline,
  saved: Saved | null,
): { state: TestState } {
  const [first] = useState(document);
  const [tested, setTested] = useState<Tested | null>(null);
  const started = useRef<Omit<Tested, "ok"> | null>(null);
  const current = useRef({ document, since: saved });
  current.current = { document, since: saved };
  const isAuthTest = timeline.what?.type === "auth_steps";

  useEffect(() => {
    if (!isAuthTest) return;
    if (timeline.state === "running") started.current ??= current.current;
    else if (started.current) {
      if (timeline.state !== "cancelled") setTested({ ...started.current, ok: timeline.state === "ok" });
      started.current = null;
    }
  }, [timeline.state, isAuthTest]);

  // A save writes the document in the core's own form; whether that is what was tested, the core says.
  if (tested && tested.since === saved) {
    if (!sameContent(tested.document, document)) return { state: "changed" };
    return { state: tested.ok ? "passed" : "failed" };
  }
  const known = saved?.opened.test_state ?? remembered;
  const base = saved?.document ?? first;
  const isUnchanged = document === base && (saved !== null || !openedWithDraft);
  if (known === "not_tested") return { state: "not_tested" };
  return { state: isUnchanged || sameContent(base, document) ? known : "changed" };
}

/** The same in all that a run depends on. */
function sameContent(a: Connector, b: Connector): boolean {
  return (
    a === b ||
    JSON.stringify([a.auth, a.base_url, a.variables, a.test, a.network]) ===
      JSON.stringify([b.auth, b.base_url, b.variables, b.test, b.network])
  );
}
