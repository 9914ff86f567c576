import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "react-aria-components";
import { KEYS, useStale } from "@/app/queries";
import { Button } from "@/components/Button/Button";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";
import { useNotices } from "@/components/Notices/Notices";
import { TextInput } from "@/components/TextInput/TextInput";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";
import styles from "./EditorHeader.module.css";

/** Takes a shared sign-in out of a sealed file. The core asks for the file; its tokens never come here. */
export function OpenSealedDialog({ onClose }: { onClose: () => void }) {
  const platform = usePlatform();
  const notices = useNotices();
  const stale = useStale();
  const [passphrase, setPassphrase] = useState("");
  const opening = useMutation({
    mutationFn: () => platform.bundleOpen(passphrase),
    onSuccess: (opened) => {
      if (opened === null) return;
      stale(KEYS.auth(opened.connector_id), KEYS.connectors);
      notices.tell(`“${opened.connector_name}” is signed in for everyone on this computer.`);
      onClose();
    },
  });
  const error = opening.error ? toAppError(opening.error) : null;
  return (
    <Dialog title="Open a sealed sign-in" isOpen onClose={onClose}>
      <Form
        className={styles.form ?? ""}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          if (passphrase !== "" && !opening.isPending) opening.mutate();
        }}
      >
        <p>It then serves everyone who uses an app with its connector on this computer.</p>
        <TextInput
          label="Passphrase"
          type="password"
          autoFocus
          autoComplete="off"
          value={passphrase}
          onChange={setPassphrase}
          description="The one that the file was sealed with."
          error={error ? [error.message, error.hint].filter(Boolean).join(" ") : null}
        />
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" isDisabled={passphrase === "" || opening.isPending}>
            {opening.isPending ? "Opening…" : "Choose the file"}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
