/** Opens the preview of an app of the library as it stands: its unsaved work where there is some. */
import { useMutation } from "@tanstack/react-query";
import { useNotices } from "@/components/Notices/Notices";
import { usePlatform } from "@/platform/PlatformContext";

export function usePreviewApp() {
  const platform = usePlatform();
  const notices = useNotices();
  return useMutation({
    mutationFn: async (id: string) => {
      const opened = await platform.appOpen(id);
      await platform.appPreview(id, opened.draft?.document ?? opened.document);
    },
    onError: (error) => notices.fail("The preview was not opened", error),
  });
}
