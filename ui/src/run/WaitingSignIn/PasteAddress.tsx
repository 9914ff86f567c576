import { useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "@/components/Button/Button";
import { Note } from "@/components/Note/Note";
import { Spoken } from "@/components/Spoken/Spoken";
import { TextInput } from "@/components/TextInput/TextInput";
import { toAppError } from "@/platform/errors";
import type { AppError } from "@/platform/wire";
import styles from "./WaitingSignIn.module.css";

interface Props {
  redirectUri: string;
  error: AppError | null;
  onPaste: (address: string) => Promise<void>;
  onRefused: (error: AppError) => void;
}

/** The address that the browser ended at, where it cannot come back by itself. It is kept nowhere here. */
export function PasteAddress({ redirectUri, error, onPaste, onRefused }: Props) {
  const [address, setAddress] = useState("");
  const [isSending, setIsSending] = useState(false);
  const send = async () => {
    if (address.trim() === "" || isSending) return;
    setIsSending(true);
    try {
      await onPaste(address.trim());
      setAddress("");
    } catch (cause) {
      onRefused(toAppError(cause));
    } finally {
      setIsSending(false);
    }
  };
  return (
    <Form
      className={styles.paste ?? ""}
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div className={styles.pasteRow}>
        <TextInput
          label="Address the browser ended at"
          mono
          autoFocus
          autoComplete="off"
          value={address}
          onChange={setAddress}
          placeholder={`${redirectUri}?code=…`}
        />
        <Button kind="primary" type="submit" isDisabled={address.trim() === "" || isSending}>
          Continue
        </Button>
      </div>
      {error ? (
        <Note tone="danger" role="alert" code={error.code} help={error.hint}>
          <Spoken text={error.message} /> The sign-in goes on waiting.
        </Note>
      ) : null}
    </Form>
  );
}
