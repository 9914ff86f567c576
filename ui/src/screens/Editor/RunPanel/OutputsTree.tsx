import { useState } from "react";
import { JsonTree } from "@/components/JsonTree/JsonTree";
import type { TreeRow } from "@/components/JsonTree/rows";
import { useNotices } from "@/components/Notices/Notices";
import { useEditor } from "@/editor/EditorContext";
import { valueAt } from "@/model/path";
import { expressionOf } from "@/model/template";
import { usePlatform } from "@/platform/PlatformContext";
import styles from "./RunPanel.module.css";
import { TokenInspector } from "./TokenInspector/TokenInspector";

/** Outputs with much in them that few look for. */
const CLOSED = ["headers", "cookies", "raw", "callback", "scopes"];

/** Masked values by these names are something else than a token; any other may be a JWT. */
const NO_TOKEN = /password|passphrase|secret|cookie|one_time|^code$/i;

function mayBeToken(row: TreeRow): boolean {
  return !NO_TOKEN.test(row.name);
}

/** The step's own `expires_at`, which says how long its access token lives; of no other value. */
function expiryBeside(outputs: unknown, step: string, path: string): number | null {
  const known = valueAt(outputs, ["expires_at"]);
  return path === `${step}.access_token` && typeof known === "number" ? known : null;
}

interface Props {
  step: string;
  outputs: unknown;
  run: string | null;
}

/** What a step left. A click puts an output into the field that was being edited, or copies its path. */
export function OutputsTree({ step, outputs, run }: Props) {
  const platform = usePlatform();
  const notices = useNotices();
  const { lastField } = useEditor();
  const [inspected, setInspected] = useState<string | null>(null);
  const [shown, setShown] = useState<ReadonlyMap<string, string>>(new Map());

  const copy = async (path: string) => {
    try {
      await platform.clipboardWrite(expressionOf(path));
      notices.tell(`${expressionOf(path)} was copied.`);
    } catch (cause) {
      notices.fail("The path was not copied", cause);
    }
  };
  const use = (row: TreeRow) => {
    if (lastField.current) lastField.current.insert(expressionOf(row.path));
    else void copy(row.path);
  };
  const reveal = async (path: string) => {
    if (shown.has(path)) {
      setShown((all) => new Map([...all].filter(([one]) => one !== path)));
      return;
    }
    try {
      const value = await platform.runReveal(run ?? "", path);
      setShown((all) => new Map(all).set(path, value));
    } catch (cause) {
      notices.fail("The value cannot be shown", cause);
    }
  };

  const isEmpty = typeof outputs !== "object" || outputs === null || Object.keys(outputs).length === 0;
  if (isEmpty) return <p className={styles.faint}>No outputs.</p>;
  return (
    <>
      <JsonTree
        label={`Outputs of ${step}`}
        value={outputs}
        root={step}
        openLevels={1}
        closedAtFirst={CLOSED.map((name) => `${step}.${name}`)}
        testIdPrefix="output-"
        onUse={use}
        shownValues={shown}
        actions={(row) => (
          <>
            {row.kind === "masked" && run !== null && mayBeToken(row) ? (
              <RowButton
                label={`Inspect ${row.path}`}
                text="inspect"
                onPress={() => setInspected(row.path)}
              />
            ) : null}
            {row.kind === "masked" && run !== null ? (
              <RowButton
                label={`${shown.has(row.path) ? "Hide" : "Show"} ${row.path}`}
                text={shown.has(row.path) ? "hide" : "show"}
                onPress={() => void reveal(row.path)}
              />
            ) : null}
            <RowButton label={`Use ${row.path}`} text="use" onPress={() => use(row)} />
            <RowButton label={`Copy path ${row.path}`} text="copy" onPress={() => void copy(row.path)} />
          </>
        )}
      />
      {inspected !== null && run !== null ? (
        <TokenInspector
          run={run}
          path={inspected}
          knownExpiry={expiryBeside(outputs, step, inspected)}
          onClose={() => setInspected(null)}
        />
      ) : null}
    </>
  );
}

function RowButton({ label, text, onPress }: { label: string; text: string; onPress: () => void }) {
  return (
    <button
      type="button"
      className={styles.rowButton}
      aria-label={label}
      onMouseDown={(event) => event.preventDefault()}
      onClick={(event) => {
        event.stopPropagation();
        onPress();
      }}
    >
      {text}
    </button>
  );
}
