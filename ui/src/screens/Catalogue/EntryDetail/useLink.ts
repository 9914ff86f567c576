/** Opens an address in the browser, and says so where that fails. */
import { useNotices } from "@/components/Notices/Notices";
import { usePlatform } from "@/platform/PlatformContext";

export function useLink(): (url: string) => void {
  const platform = usePlatform();
  const notices = useNotices();
  return (url) =>
    void platform.linkOpen(url).catch((cause) => notices.fail("The browser was not opened", cause));
}
