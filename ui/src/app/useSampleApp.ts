/** The app that the samples bring: which one it is, and its preview, for which the practice provider has to run. */
import { useMutation } from "@tanstack/react-query";
import { useNotices } from "@/components/Notices/Notices";
import { isSample } from "@/model/samples";
import { usePlatform } from "@/platform/PlatformContext";
import { KEYS, useApps, useStale } from "./queries";

export function useSampleApp() {
  const platform = usePlatform();
  const stale = useStale();
  const notices = useNotices();
  const app = (useApps().data ?? []).find((one) => isSample(one.id)) ?? null;
  const preview = useMutation({
    mutationFn: async (id: string) => {
      const { sandbox } = await platform.studioStatus();
      // It starts at another address perhaps: the samples are pointed at it.
      if (!sandbox.running) await platform.samplesAdd();
      const opened = await platform.appOpen(id);
      await platform.appPreview(id, opened.draft?.document ?? opened.document);
    },
    onError: (error) => notices.fail("The preview was not opened", error),
    onSettled: () => stale(KEYS.status, KEYS.connectors),
  });
  return { app, preview };
}
