import { useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "@/components/Button/Button";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";
import { TextInput } from "@/components/TextInput/TextInput";
import { toAppError } from "@/platform/errors";
import styles from "./Accounts.module.css";

interface Props {
  title: string;
  first: string;
  confirmLabel: string;
  onConfirm: (name: string) => Promise<void>;
  onClose: () => void;
}

/** Asks for an account's name; one that is refused is told at the field. */
export function AccountNameDialog({ title, first, confirmLabel, onConfirm, onClose }: Props) {
  const [name, setName] = useState(first);
  const [isSending, setIsSending] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const wanted = name.trim();
  const send = async () => {
    if (wanted === "" || isSending) return;
    if (wanted === first) return onClose();
    setIsSending(true);
    try {
      await onConfirm(wanted);
      onClose();
    } catch (cause) {
      const error = toAppError(cause);
      setRefused([error.message, error.hint].filter(Boolean).join(" "));
      setIsSending(false);
    }
  };
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <Form
        className={styles.form ?? ""}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <TextInput
          label="Name"
          autoFocus
          value={name}
          onChange={(next) => {
            setName(next);
            setRefused(null);
          }}
          placeholder="Work"
          description="For you to tell it apart, such as Work or Personal."
          error={refused}
        />
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" isDisabled={wanted === "" || isSending}>
            {confirmLabel}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
