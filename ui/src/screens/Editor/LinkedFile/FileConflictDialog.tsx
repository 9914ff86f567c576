import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/Button/Button";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";
import { Note } from "@/components/Note/Note";
import { Toggle } from "@/components/Toggle/Toggle";
import { jsonProblem } from "@/editor/JsonField/JsonField";
import { readDocument } from "@/model/document";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";
import type { ConnectorFileText } from "@/platform/wire";
import styles from "./LinkedFile.module.css";
import type { LinkedFileActions } from "./useLinkedFile";

/** What compares two texts is large, and seldom needed. */
const SideBySide = lazy(() => import("./SideBySide"));

interface Props {
  connectorId: string;
  linked: LinkedFileActions;
  /** The document as it stands in the editor. */
  mine: () => string;
}

/** The file's text beside what is here. Nothing is lost until the person chooses. */
export function FileConflictDialog({ connectorId, linked, mine }: Props) {
  const platform = usePlatform();
  const [here, setHere] = useState(mine);
  const [isMerged, setMerged] = useState(false);
  const seen = useQuery({
    queryKey: ["file text", connectorId, here],
    queryFn: () => platform.connectorFileText(connectorId, here),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    retry: false,
  });
  const error = seen.isError ? toAppError(seen.error) : null;
  return (
    <Dialog
      title={`${linked.file?.name ?? "The file"} and what you have`}
      isOpen
      onClose={linked.stopComparing}
      // What was merged is not lost by a click beside it.
      isDismissable={!isMerged}
      onEscape={() => !isMerged && linked.stopComparing()}
      width={1120}
      testId="file-conflict"
    >
      {seen.data ? (
        <Compared
          key={`${seen.data.hash} ${here.length}`}
          seen={seen.data}
          linked={linked}
          isMerged={isMerged}
          onMerged={() => setMerged(true)}
          again={(text) => {
            setHere(text);
            void seen.refetch();
          }}
        />
      ) : (
        <>
          {error ? (
            <Note tone="danger" role="alert" code={error.code} help={error.hint}>
              {error.message}
            </Note>
          ) : (
            <p role="status">Reading the file…</p>
          )}
          <DialogActions>
            <Button onPress={linked.stopComparing}>Close</Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}

interface ComparedProps {
  seen: ConnectorFileText;
  linked: LinkedFileActions;
  /** Whether the right side is another than what is in the editor. */
  isMerged: boolean;
  onMerged: () => void;
  /** Looks at the file again, beside this. */
  again: (text: string) => void;
}

function Compared({ seen, linked, isMerged, onMerged, again }: ComparedProps) {
  const [text, setText] = useState(seen.mine);
  const [failed, setFailed] = useState<{ code: string; message: string; hint: string | null } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [showsAll, setShowsAll] = useState(false);
  const problem = jsonProblem(text);
  const fail = (cause: unknown) => {
    const error = toAppError(cause);
    setFailed(error);
    // What it says by now is shown.
    if (error.code === "file.changed") again(text);
  };
  const doing = async (work: () => Promise<void>) => {
    setBusy(true);
    setFailed(null);
    try {
      await work();
    } catch (cause) {
      fail(cause);
    } finally {
      setBusy(false);
    }
  };
  const save = () =>
    doing(async () => {
      const result = await linked.saveOver(seen.hash, readDocument(text));
      if (result.ok) linked.stopComparing();
      else fail(result.error);
    });
  return (
    <>
      <div className={styles.sides} aria-hidden>
        <span>In the file</span>
        <span>Here, and to be saved</span>
      </div>
      <Suspense fallback={<p role="status">Comparing…</p>}>
        <SideBySide
          theirs={seen.text}
          mine={text}
          showsAll={showsAll}
          onChange={(next) => {
            setText(next);
            onMerged();
          }}
        />
      </Suspense>
      <div className={styles.all}>
        <Toggle label="Show lines that are the same" isSelected={showsAll} onChange={setShowsAll} />
      </div>
      <p className={styles.words} role={problem ? "alert" : undefined}>
        {problem
          ? `The right side is not JSON: ${problem}`
          : seen.fault
            ? `The file is no connector: ${seen.fault.message}`
            : "The arrow beside a difference takes it over from the file; the right side can be edited."}
      </p>
      {failed ? (
        <Note tone="danger" role="alert" code={failed.code} help={failed.hint}>
          {failed.message}
        </Note>
      ) : null}
      <DialogActions>
        <Button onPress={linked.stopComparing}>{isMerged ? "Drop what was merged" : "Decide later"}</Button>
        <Button
          isDisabled={isBusy || seen.fault !== null}
          onPress={() => void doing(() => linked.take(seen.hash))}
        >
          Take the file
        </Button>
        <Button kind="primary" isDisabled={isBusy || problem !== null} onPress={() => void save()}>
          Save the right side
        </Button>
      </DialogActions>
    </>
  );
}
