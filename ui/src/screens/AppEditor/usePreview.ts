/** Opens the app as it stands in the editor in a window of its own; what is unsaved is kept first. */
import { useRef, useState } from "react";
import type { DocumentState } from "@/editor/useDocument";
import type { App } from "@/model/app";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";
import type { AppOpened } from "@/platform/wire";

interface Options {
  id: string;
  state: DocumentState<App, AppOpened>;
  /** Goes to the place of an error that says one. */
  reveal: (path: string) => void;
  fail: (what: string, cause: unknown) => void;
}

export function usePreview({ id, state, reveal, fail }: Options) {
  const platform = usePlatform();
  const [isStarting, setIsStarting] = useState(false);
  const busy = useRef(false);
  const start = async () => {
    if (busy.current) return;
    busy.current = true;
    setIsStarting(true);
    try {
      await state.keepDraft();
      await platform.appPreview(id, state.text());
    } catch (cause) {
      fail("The preview was not opened", cause);
      const { code, field } = toAppError(cause);
      if (code === "file.invalid" && field) reveal(field);
    } finally {
      busy.current = false;
      setIsStarting(false);
    }
  };
  return { start, isStarting };
}
