/**
 * The file that the open connector is saved to. What another program writes there is taken over where nothing is unsaved
 * here; else the person is told, and chooses.
 */
import { useQueryClient } from "@tanstack/react-query";
import { type RefObject, useEffect, useRef, useState } from "react";
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
  /** Saves what is here, or what was made of both, over the file in the state of this hash. */
  saveOver: (hash: string, merged?: Connector) => Promise<SaveResult>;
  link: () => Promise<void>;
  unlink: () => Promise<void>;
  /** The file stands otherwise than before: it was saved to. */
  looked: () => void;
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
  const client = useQueryClient();
  const file = useConnectorFile(id).data ?? null;
  const [isComparing, setComparing] = useState(false);
  const looked = () => stale(KEYS.file(id), KEYS.connectors);

  const show = async (opened: ConnectorOpened) => {
    await state.takeSaved(opened, "taking over the file");
    // At once: until the next look, the state that was taken would count as one that is not known.
    if (file) {
      const { revision } = opened;
      client.setQueryData<LinkedFile>(KEYS.file(id), { ...file, state: { type: "same" }, revision });
    }
    setComparing(false);
    onTaken();
    looked();
  };
  const take = async (hash: string) => show(await platform.connectorTakeFile(id, hash));

  const changed = file?.state.type === "changed" && file.state.fault === null ? file.state.hash : null;
  // Another process has taken the file over already: a connector that is called by its name, say.
  const isBehind = file?.state.type === "same" && file.revision > state.revision;
  const next = changed ?? (isBehind ? `revision ${file.revision}` : null);
  const toFollow = state.isDirty || isComparing ? null : next;
  const isFollowing = useRef(false);
  const follow = useRef<() => Promise<void>>(async () => {});
  follow.current = async () => {
    if (isFollowing.current) return;
    isFollowing.current = true;
    try {
      if (changed === null) await show(await platform.connectorOpen(id));
      else await take(changed);
      notices.tell(`${file?.name} was changed by another program. You see it as it is now.`);
    } catch (cause) {
      notices.fail("The changed file was not taken over", cause);
    } finally {
      isFollowing.current = false;
    }
  };
  useEffect(() => {
    if (toFollow !== null) void follow.current();
  }, [toFollow]);

  return {
    file,
    isComparing,
    compare: () => setComparing(true),
    stopComparing: () => setComparing(false),
    take,
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
