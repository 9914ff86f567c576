/** What the core says without being asked: an interrupted sign-in, a link that was refused, sessions that changed. */
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from "react";
import { usePlatform } from "@/platform/PlatformContext";
import type { StudioNotice } from "@/platform/wire";
import { EVERY_SESSION, useStale } from "../queries";

/** What is shown as a banner; that sessions changed is read again and not spoken of. */
export type BannerNotice = Exclude<StudioNotice, { kind: "sessions_changed" }>;

export interface ShownNotice {
  id: number;
  notice: BannerNotice;
}

interface Board {
  notices: readonly ShownNotice[];
  dismiss: (id: number) => void;
}

const StudioNoticesContext = createContext<Board>({ notices: [], dismiss: () => {} });

export function useStudioNotices(): Board {
  return use(StudioNoticesContext);
}

/** Any program may send links: only the last few are kept, and the same one once. */
const MOST = 3;

export function StudioNoticesProvider({ children }: { children: ReactNode }) {
  const platform = usePlatform();
  const [notices, setNotices] = useState<readonly ShownNotice[]>([]);
  const nextId = useRef(0);
  const stale = useStale();
  const readSessions = useRef(() => {});
  readSessions.current = () => stale(...EVERY_SESSION);
  // The core has one listener, and tells it once what happened before: it is asked once.
  const watched = useRef<typeof platform | null>(null);
  useEffect(() => {
    if (watched.current === platform) return;
    watched.current = platform;
    platform
      .noticeWatch((notice) => {
        if (notice.kind === "sessions_changed") {
          readSessions.current();
          return;
        }
        nextId.current += 1;
        const shown = { id: nextId.current, notice };
        const text = JSON.stringify(notice);
        setNotices((all) =>
          [...all.filter((one) => JSON.stringify(one.notice) !== text), shown].slice(-MOST),
        );
      })
      // Without it the window lacks these banners, and nothing else.
      .catch((cause) => console.error("The studio's notices cannot be heard", cause));
  }, [platform]);
  const board = useMemo<Board>(
    () => ({ notices, dismiss: (id) => setNotices((all) => all.filter((one) => one.id !== id)) }),
    [notices],
  );
  return <StudioNoticesContext value={board}>{children}</StudioNoticesContext>;
}
