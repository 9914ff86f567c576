/** The running app of this window: watched once, and what it shows kept as state. */
import { useEffect, useReducer, useRef, useState } from "react";
import type { NoteTone } from "@/components/Note/Note";
import { useNotices } from "@/components/Notices/Notices";
import { toAppError } from "@/platform/errors";
import { useAppPlatform } from "@/platform/PlatformContext";
import type { AppError, AppUpdate, Tone } from "@/platform/wire";
import { type AppAction, type AppState, NOT_OPENED, reduceApp } from "./appState";
import { messageWords } from "./words";

const TONES: Record<Tone, NoteTone> = { info: "info", success: "ok", warning: "warn", danger: "danger" };

export interface RunningAppState {
  state: AppState;
  dispatch: (action: AppAction) => void;
  /** Why the app could not be started. */
  failure: AppError | null;
  startAgain: () => void;
}

export function useRunningApp(): RunningAppState {
  const platform = useAppPlatform();
  const notices = useNotices();
  const [state, dispatch] = useReducer(reduceApp, NOT_OPENED);
  const [failure, setFailure] = useState<AppError | null>(null);
  const [attempt, setAttempt] = useState(0);
  // Watching starts the app: an attempt is made once, however often its place is drawn.
  const watched = useRef(-1);
  const say = useRef(notices.say);
  say.current = notices.say;
  useEffect(() => {
    if (watched.current === attempt) return;
    watched.current = attempt;
    const take = (update: AppUpdate) => {
      if (update.event !== "message") return dispatch(update);
      const { text, tone, error } = update;
      say.current({
        tone: TONES[tone],
        message: messageWords(text, error),
        code: error?.code ?? null,
        help: error?.hint ?? null,
        stays: tone === "danger" || tone === "warning",
        testId: "app-message",
      });
    };
    setFailure(null);
    platform.appWatch(take).catch((cause) => setFailure(toAppError(cause)));
  }, [platform, attempt]);
  return { state, dispatch, failure, startAgain: () => setAttempt((count) => count + 1) };
}
