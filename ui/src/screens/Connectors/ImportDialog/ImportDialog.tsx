import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { KEYS, useStale } from "@/app/queries";
import { goTo } from "@/app/route";
import { Dialog } from "@/components/Dialog/Dialog";
import { useNotices } from "@/components/Notices/Notices";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";
import type { GivenSecret, ImportPreview } from "@/platform/wire";
import { ChooseSource } from "./ChooseSource";
import { PreviewForm } from "./PreviewForm";

/**
 * Two steps: something to import, and what it would bring. Nothing is saved before the second one's button. What was
 * read, secrets in it included, stays in the core; here is only what may be shown.
 */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const platform = usePlatform();
  const stale = useStale();
  const notices = useNotices();
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  // It may hold secrets: it is there for *Back*, and gone with the dialog.
  const [text, setText] = useState("");

  const show = (next: ImportPreview | null) => {
    // Nothing where the person closed the system's dialog.
    if (!next) return;
    if (preview) void platform.importDiscard(preview.id);
    setPreview(next);
  };
  const reading = useMutation({
    mutationFn: (text: string | null) =>
      text === null
        ? platform.importPreviewFile(preview?.id ?? null)
        : platform.importPreview(text, preview?.id ?? null),
    onSuccess: show,
  });
  const importing = useMutation({
    mutationFn: ({ id, name, secrets }: { id: string; name: string; secrets: GivenSecret[] }) =>
      platform.importCommit(id, name, secrets),
    onSuccess: (opened) => {
      stale(KEYS.connectors, KEYS.status);
      notices.tell("Imported. It is not tested yet.");
      onClose();
      goTo({ screen: "connector", id: opened.id });
    },
  });
  const leave = () => {
    if (preview) void platform.importDiscard(preview.id);
  };
  const close = () => {
    leave();
    onClose();
  };
  const back = () => {
    leave();
    setPreview(null);
    reading.reset();
    importing.reset();
  };
  return (
    <Dialog
      title={preview ? "Import this connector?" : "Import a connector"}
      isOpen
      onClose={close}
      width={640}
      isDismissable={preview === null}
      testId="import-dialog"
    >
      {preview ? (
        <PreviewForm
          key={preview.id}
          preview={preview}
          onBack={back}
          onEnvironment={() => reading.mutate(null)}
          onImport={(name, secrets) => importing.mutate({ id: preview.id, name, secrets })}
          isBusy={importing.isPending || reading.isPending}
          error={
            importing.error ? toAppError(importing.error) : reading.error ? toAppError(reading.error) : null
          }
        />
      ) : (
        <ChooseSource
          text={text}
          onChange={setText}
          onText={(given) => reading.mutate(given)}
          onFile={() => reading.mutate(null)}
          onClose={close}
          isReading={reading.isPending}
          error={reading.error ? toAppError(reading.error) : null}
        />
      )}
    </Dialog>
  );
}
