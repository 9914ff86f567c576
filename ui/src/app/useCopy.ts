/** Puts a text on the clipboard, and says so at the window's foot. */
import { useNotices } from "@/components/Notices/Notices";
import { useWindowPlatform } from "@/platform/PlatformContext";

/** `what` names what was copied, as a sentence begins: "The address". */
export function useCopy(): (text: string, what: string) => void {
  const platform = useWindowPlatform();
  const notices = useNotices();
  return (text, what) =>
    void platform.clipboardWrite(text).then(
      () => notices.tell(`${what} was copied.`),
      (cause) => notices.fail(`${what} was not copied`, cause),
    );
}
