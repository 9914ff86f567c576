import { useRef } from "react";
import { Form } from "react-aria-components";
import { Button } from "@/components/Button/Button";
import { Note } from "@/components/Note/Note";
import { Spoken } from "@/components/Spoken/Spoken";
import type { FormFieldRequest } from "@/platform/wire";
import { RunField } from "@/run/RunForm/RunField";
import { useFormAnswer } from "@/run/RunForm/useFormAnswer";
import type { FormAsked } from "@/run/timeline";
import styles from "./CardForm.module.css";

interface Props {
  form: FormAsked;
  /** Whom it signs in to. */
  name: string;
  /** It is the one that the sign-in began with, asked again maybe. */
  isFirst: boolean;
  /** It was answered, and nothing else is asked yet. */
  isWorking: boolean;
  onAnswer: (values: Record<string, string>) => Promise<void>;
  /** Where there is something to go back to. */
  onEscape?: () => void;
}

/** Where the cursor goes: what is still to be typed. */
function firstToType(fields: readonly FormFieldRequest[]): string | undefined {
  const open = fields.find((field) => !field.value && !field.default && !field.remembered);
  return (open ?? fields[0])?.key;
}

/** A form of the sign-in, in its card: in one row with its button where there is room. */
export function CardForm({ form, name, isFirst, isWorking, onAnswer, onEscape }: Props) {
  const answer = useFormAnswer(form, onAnswer);
  const place = useRef<HTMLFormElement>(null);
  const first = firstToType(form.fields);
  const isRow = form.fields.length <= 2 && form.fields.every((field) => field.type !== "multiline");
  const isWaiting = isWorking || answer.isSending;
  const send = async () => {
    if (isWaiting) return;
    const wrong = await answer.send();
    if (wrong === null) return;
    place.current
      ?.querySelector<HTMLElement>(`[data-field="${CSS.escape(wrong)}"] :is(input, textarea, button)`)
      ?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the form's own Escape, where there is something to go back to
    <div
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !onEscape) return;
        event.stopPropagation();
        onEscape();
      }}
    >
      <Form
        ref={place}
        aria-label={`Sign in to ${name}`}
        className={`${styles.form} ${isRow ? styles.row : styles.columns}`}
        data-fields={form.fields.length}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        {form.error ? (
          <div className={styles.whole}>
            <Note tone="danger" role="alert">
              {form.error}
            </Note>
          </div>
        ) : null}
        {form.fields.map((field) => (
          <div key={field.key} className={styles.field} data-field={field.key} data-type={field.type}>
            <RunField field={field} answer={answer} autoFocus={field.key === first} />
          </div>
        ))}
        <div className={styles.submit}>
          <Button kind="primary" type="submit" isPending={isWaiting}>
            {isFirst ? "Sign in" : "Continue"}
          </Button>
        </div>
        {answer.refused ? (
          <div className={styles.whole}>
            <Note tone="danger" role="alert" code={answer.refused.code} help={answer.refused.hint}>
              <Spoken text={answer.refused.message} />
            </Note>
          </div>
        ) : null}
      </Form>
    </div>
  );
}
