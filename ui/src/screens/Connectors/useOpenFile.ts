/** Opens a connector's file, which it is saved to from then on. */
import { useMutation } from "@tanstack/react-query";
import { KEYS, useStale } from "@/app/queries";
import { goTo } from "@/app/route";
import { useNotices } from "@/components/Notices/Notices";
import { usePlatform } from "@/platform/PlatformContext";

export function useOpenFile() {
  const platform = usePlatform();
  const notices = useNotices();
  const stale = useStale();
  return useMutation({
    mutationFn: () => platform.connectorOpenFile(),
    onSuccess: (linked) => {
      if (!linked) return;
      goTo({ screen: "connector", id: linked.opened.id });
      if (linked.beside !== null) {
        notices.tell(
          `The file has the id of “${linked.beside}”, which says something else. It stands beside that one, and keeps its id in the file.`,
        );
      }
    },
    onError: (error) => notices.fail("The file was not opened", error),
    onSettled: () => stale(KEYS.connectors, KEYS.status),
  });
}
