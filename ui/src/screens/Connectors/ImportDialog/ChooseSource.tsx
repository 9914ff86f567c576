import { FileInput } from "lucide-react";
import { useState } from "react";
import { DropZone, type FileDropItem, Form } from "react-aria-components";
import { Button } from "@/components/Button/Button";
import { DialogActions } from "@/components/Dialog/Dialog";
import { Note } from "@/components/Note/Note";
import { Spoken } from "@/components/Spoken/Spoken";
import { TextInput } from "@/components/TextInput/TextInput";
import type { AppError } from "@/platform/wire";
import styles from "./ImportDialog.module.css";

/** What the core reads at most; a larger file is not even taken into the window. */
export const FILE_LIMIT = 32 * 1024 * 1024;

interface Props {
  /** What was pasted so far. */
  text: string;
  onChange: (text: string) => void;
  onText: (text: string) => void;
  onFile: () => void;
  onClose: () => void;
  isReading: boolean;
  error: AppError | null;
}

/** A file that is chosen or dropped, or a text that is pasted. What it is, its content says. */
export function ChooseSource({ text, onChange, onText, onFile, onClose, isReading, error }: Props) {
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const drop = async (item: FileDropItem | undefined) => {
    if (!item) return;
    const file = await item.getFile();
    setTooLarge(file.size > FILE_LIMIT ? file.name : null);
    if (file.size <= FILE_LIMIT) onText(await file.text());
  };
  return (
    <Form
      className={styles.form ?? ""}
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== "" && !isReading) onText(text);
      }}
    >
      <p className={styles.about}>
        A Latchwork connector, an OpenAPI description (3.0 or 3.1), a Postman collection (v2.1) or cURL
        commands. You see what was understood before anything is saved.
      </p>
      <DropZone
        className={styles.drop ?? ""}
        aria-label="Drop a file here"
        onDrop={(event) => void drop(event.items.find((item) => item.kind === "file"))}
      >
        <Button onPress={onFile} isDisabled={isReading} autoFocus>
          <FileInput size={14} aria-hidden />
          Choose a file…
        </Button>
        <span className={styles.hint}>or drop one here</span>
      </DropZone>
      <TextInput
        label="Or paste its text"
        mono
        rows={6}
        value={text}
        onChange={onChange}
        placeholder={"curl https://api.acme.example/v2/contacts \\\n  -H 'Authorization: Bearer …'"}
      />
      {tooLarge ? (
        <Note tone="danger" role="alert" help="Take a part of it, and import that.">
          {tooLarge} is larger than 32 MB.
        </Note>
      ) : error ? (
        <Note tone="danger" role="alert" code={error.code} help={error.hint}>
          Nothing was imported. <Spoken text={error.message} />
        </Note>
      ) : null}
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
        <Button kind="primary" type="submit" isDisabled={isReading || text.trim() === ""}>
          {isReading ? "Reading…" : "Continue"}
        </Button>
      </DialogActions>
    </Form>
  );
}
