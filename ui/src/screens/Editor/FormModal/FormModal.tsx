import { useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "@/components/Button/Button";
import { ConfirmDialog } from "@/components/ConfirmDialog/ConfirmDialog";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";
import { Note } from "@/components/Note/Note";
import { Spoken } from "@/components/Spoken/Spoken";
import { RunField } from "@/run/RunForm/RunField";
import { useFormAnswer } from "@/run/RunForm/useFormAnswer";
import type { FormAsked } from "@/run/timeline";
import styles from "./FormModal.module.css";

interface Props {
  form: FormAsked;
  onAnswer: (values: Record<string, string>) => Promise<void>;
  onCancel: () => void;
}

/** What a run asks of the person. Enter sends it; Escape asks whether to cancel the run. */
export function FormModal({ form, onAnswer, onCancel }: Props) {
  const answer = useFormAnswer(form, onAnswer);
  const [isLeaving, setIsLeaving] = useState(false);
  return (
    <>
      <Dialog
        title={form.title}
        isOpen
        isDismissable={false}
        onEscape={() => setIsLeaving(true)}
        onClose={() => setIsLeaving(true)}
        testId="form-modal"
      >
        <Form
          className={styles.form ?? ""}
          validationBehavior="aria"
          onSubmit={(event) => {
            event.preventDefault();
            void answer.send();
          }}
        >
          {form.error ? (
            <Note tone="danger" role="alert">
              {form.error}
            </Note>
          ) : null}
          {form.fields.map((field, index) => (
            <RunField key={field.key} field={field} answer={answer} autoFocus={index === 0} />
          ))}
          {answer.refused ? (
            <Note tone="danger" role="alert" code={answer.refused.code} help={answer.refused.hint}>
              <Spoken text={answer.refused.message} />
            </Note>
          ) : null}
          <DialogActions>
            <Button onPress={() => setIsLeaving(true)}>Cancel run</Button>
            <Button kind="primary" type="submit" isDisabled={answer.isSending}>
              Continue
            </Button>
          </DialogActions>
        </Form>
      </Dialog>
      <ConfirmDialog
        title="Cancel this run?"
        isOpen={isLeaving}
        onClose={() => setIsLeaving(false)}
        onConfirm={onCancel}
        confirmLabel="Cancel run"
        cancelLabel="Go on"
      >
        The run waits for this form and cannot go on without it.
      </ConfirmDialog>
    </>
  );
}
