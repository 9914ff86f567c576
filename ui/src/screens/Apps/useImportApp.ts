/** Adds an app from a file that the person chooses, and opens it. */
import { useMutation } from "@tanstack/react-query";
import { KEYS, useStale } from "@/app/queries";
import { goTo } from "@/app/route";
import { useNotices } from "@/components/Notices/Notices";
import { usePlatform } from "@/platform/PlatformContext";

export function useImportApp() {
  const platform = usePlatform();
  const stale = useStale();
  const notices = useNotices();
  return useMutation({
    mutationFn: () => platform.appImportFile(),
    onSuccess: (opened) => {
      if (!opened) return;
      // A file may bring its connectors along.
      stale(KEYS.apps, KEYS.connectors, KEYS.status);
      goTo({ screen: "app", id: opened.id });
    },
    onError: (error) => notices.fail("Nothing was imported", error),
  });
}
