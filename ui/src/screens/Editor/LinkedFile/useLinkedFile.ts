/**
 * The file that the open connector is saved to. What another program writes there is taken over where nothing is unsaved
 * here; else the person is told, and chooses.
 */
import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { KEYS, useConnectorFile, useStale } from "@/app/queries";
import { useNotices } from "@/components/Notices/Notices";
import type { DocumentState, SaveResult } from "@/editor/useDocument";
import type { Connector } from "@/model/connector";
import { usePlatform } from "@/platform/PlatformContext";
import type { ConnectorOpened, LinkedFile } from "@/platform/wire";

type State = DocumentState<Connector, ConnectorOpened>;

export interface LinkedFileActions {
  /** Null where the connector is the library's alone. */
  file: LinkedFile | null;
  isComparing: boolean;
  compare: () => void;
  stopComparing: () => void;
  /** Takes what the file says, in the state of this hash; undo goes back to what was here. */
  take: (hash: string) => Promise<void>;
  /** Saves what was made of both over the file in the state of this hash. */
  saveOver: (hash: string, merged: Connector) => Promise<SaveResult>;
  link: () => Promise<void>;
  unlink: () => Promise<void>;
  /** The file stands otherwise than before: it was saved to. */
  looked: () => void;
}

/** How the file stands after a connector was saved or taken over, at once: a look that was under way knows less. */
export function useSettledFile() {
  const client = useQueryClient();
  return useCallback(
    async (id: string, opened: ConnectorOpened) => {
      await client.cancelQueries({ queryKey: KEYS.file(id) });
      client.setQueryData<LinkedFile | null>(KEYS.file(id), (file) =>
        file ? { ...file, state: { type: "same" }, revision: opened.revision } : file,
      );
      return opened;
    },
    [client],
  );
}

/** `over` takes the state of the file that the next save writes over. */
export function useLinkedFile(
  id: string,
  state: State,
  over: RefObject<string | null>,
  onTaken: () => void,
): LinkedFileActions {
  const platform = usePlatform();
  const notices = useNotices();
  const stale = useStale();
  const looks = useConnectorFile(id);
  const file = looks.data ?? null;
  const [isComparing, setComparing] = useState(false);
  const settle = useSettledFile();
  const looked = () => stale(KEYS.file(id), KEYS.connectors);

  const show = async (opened: ConnectorOpened) => {
    await settle(id, opened);
    await state.takeSaved(opened, "taking over the file");
    setComparing(false);
    onTaken();
    looked();
  };

  const changed = file?.state.type === "changed" && file.state.fault === null ? file.state.hash : null;
  // Another process has taken the file over already: a connector that is called by its name, say.
  const isBehind = file?.state.type === "same" && file.revision > state.revision;
  const next = changed ?? (isBehind ? `revision ${file.revision}` : null);
  const toFollow = state.isDirty || isComparing ? null : next;
  const isFollowing = useRef(false);
  const told = useRef<string | null>(null);
  const follow = useRef<(next: string) => Promise<void>>(async () => {});
  follow.current = async (next) => {
    if (isFollowing.current) return;
    isFollowing.current = true;
    try {
      // Opening follows the file, unless there is a draft by now.
      const opened = await platform.connectorOpen(id);
      if (opened.revision <= state.revision) return;
      await show(opened);
      notices.tell(`${file?.name} was changed by another program. You see it as it is now.`);
    } catch (cause) {
      if (told.current !== next) notices.fail("The changed file was not taken over", cause);
      told.current = next;
    } finally {
      isFollowing.current = false;
    }
  };
  // With each look it is tried again.
  const { dataUpdatedAt } = looks;
  useEffect(() => {
    if (toFollow !== null && dataUpdatedAt > 0) void follow.current(toFollow);
  }, [toFollow, dataUpdatedAt]);

  return {
    file,
    isComparing,
    compare: () => setComparing(true),
    stopComparing: () => setComparing(false),
    take: async (hash) => show(await platform.connectorTakeFile(id, hash)),
    saveOver: async (hash, merged) => {
      over.current = hash;
      try {
        return await state.saveNow(merged);
      } finally {
        over.current = null;
        looked();
      }
    },
    link: async () => {
      try {
        const opened = await platform.connectorLink(id);
        if (opened) notices.tell(`From now on it is saved to ${opened.file_path}`);
      } catch (cause) {
        notices.fail("It was not saved to that file", cause);
      }
      looked();
    },
    unlink: async () => {
      try {
        await platform.connectorUnlink(id);
        notices.tell(`${file?.path} stays as it is. The connector is saved in the library alone.`);
      } catch (cause) {
        notices.fail("The connector was not parted from its file", cause);
      }
      looked();
    },
    looked,
  };
}
