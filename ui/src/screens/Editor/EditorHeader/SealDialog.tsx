import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "@/components/Button/Button";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";
import { useNotices } from "@/components/Notices/Notices";
import { type DotState, StatusDot } from "@/components/StatusDot/StatusDot";
import { TextInput } from "@/components/TextInput/TextInput";
import { useEditor } from "@/editor/EditorContext";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";
import styles from "./EditorHeader.module.css";
import { type PassphraseAdvice, passphraseAdvice } from "./passphraseAdvice";

const DOTS: Record<PassphraseAdvice["level"], DotState> = {
  empty: "idle",
  weak: "failed",
  fair: "changed",
  strong: "ok",
};

/** Writes the shared sign-in to a file for another machine. The core asks where to, and encrypts it. */
export function SealDialog({ onClose }: { onClose: () => void }) {
  const platform = usePlatform();
  const notices = useNotices();
  const { connectorId } = useEditor();
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const seal = useMutation({
    mutationFn: () => platform.bundleSeal(connectorId, passphrase),
    onSuccess: (path) => {
      // Nothing where the person closed the system's dialog: they may choose another place.
      if (path === null) return;
      notices.tell(`Sealed to ${path}. Tell the passphrase by another way than you send the file.`);
      onClose();
    },
  });
  const advice = passphraseAdvice(passphrase);
  const differs = again !== "" && again !== passphrase;
  const isGood = advice.level !== "empty" && advice.level !== "weak" && again === passphrase;
  const error = seal.error ? toAppError(seal.error) : null;
  return (
    <Dialog title="Seal for other machines" isOpen onClose={onClose}>
      <Form
        className={styles.form ?? ""}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          if (isGood && !seal.isPending) seal.mutate();
        }}
      >
        <p>
          The shared sign-in goes into one encrypted file. Whoever has the file and the passphrase is signed
          in as you were.
        </p>
        <div className={styles.field}>
          <TextInput
            label="Passphrase"
            type="password"
            autoFocus
            autoComplete="new-password"
            value={passphrase}
            onChange={setPassphrase}
          />
          <p className={styles.advice} role="status">
            <StatusDot state={DOTS[advice.level]} word={advice.level} />
            {advice.words}
          </p>
        </div>
        <TextInput
          label="Passphrase once more"
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={setAgain}
          error={
            differs
              ? "This is not the same passphrase."
              : error
                ? [error.message, error.hint].filter(Boolean).join(" ")
                : null
          }
        />
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" isDisabled={!isGood || seal.isPending}>
            {seal.isPending ? "Sealing…" : "Choose a place and seal"}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
