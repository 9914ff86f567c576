import { useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "@/components/Button/Button";
import { ConfirmDialog } from "@/components/ConfirmDialog/ConfirmDialog";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";
import { Note } from "@/components/Note/Note";
import { SelectInput } from "@/components/SelectInput/SelectInput";
import { TextInput } from "@/components/TextInput/TextInput";
import { sentence } from "@/model/sentence";
import { toAppError } from "@/platform/errors";
import type { AppError, FormFieldRequest } from "@/platform/wire";
import type { FormAsked } from "@/run/timeline";
import styles from "./FormModal.module.css";

interface Props {
  form: FormAsked;
  onAnswer: (values: Record<string, string>) => Promise<void>;
  onCancel: () => void;
}

export function fieldProblem(field: FormFieldRequest, value: string): string | null {
  if (value === "") return field.required && !field.remembered ? "This field is needed." : null;
  if (field.type === "email" && !/^[^\s@]+@[^\s@]+$/.test(value))
    return `“${value}” is not an e-mail address.`;
  if (field.type === "number" && !/^-?\d+([.,]\d+)?$/.test(value)) return `“${value}” is not a number.`;
  return null;
}

function firstValues(form: FormAsked): Record<string, string> {
  return Object.fromEntries(form.fields.map((field) => [field.key, field.value ?? field.default ?? ""]));
}

/** What a run asks of the person. Enter sends it; Escape asks whether to cancel the run. */
export function FormModal({ form, onAnswer, onCancel }: Props) {
  const [values, setValues] = useState(() => firstValues(form));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<AppError | null>(null);
  const [isSending, setIsSending] = useState(false);
  const [isLeaving, setIsLeaving] = useState(false);

  const problems = new Map(
    form.fields.map((field) => [field.key, fieldProblem(field, values[field.key] ?? "")]),
  );
  const set = (key: string, value: string) => {
    setValues((all) => ({ ...all, [key]: value }));
    if (refused?.field === key) setRefused(null);
  };
  const send = async () => {
    setTouched(new Set(form.fields.map((field) => field.key)));
    if ([...problems.values()].some((problem) => problem !== null)) return;
    setIsSending(true);
    setRefused(null);
    try {
      await onAnswer(values);
    } catch (cause) {
      setRefused(toAppError(cause));
    } finally {
      setIsSending(false);
    }
  };
  const errorOf = (key: string) =>
    refused?.field === key ? refused.message : touched.has(key) ? (problems.get(key) ?? null) : null;

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
            void send();
          }}
        >
          {form.error ? (
            <Note tone="danger" role="alert">
              {form.error}
            </Note>
          ) : null}
          {form.fields.map((field, index) => (
            <Field
              key={field.key}
              field={field}
              value={values[field.key] ?? ""}
              autoFocus={index === 0}
              error={errorOf(field.key)}
              onChange={(value) => set(field.key, value)}
              onLeave={() =>
                (values[field.key] ?? "") !== "" && setTouched((all) => new Set(all).add(field.key))
              }
            />
          ))}
          {refused && (refused.field === null || !problems.has(refused.field)) ? (
            <Note tone="danger" role="alert" code={refused.code} help={refused.hint}>
              {refused.message}
            </Note>
          ) : null}
          <DialogActions>
            <Button onPress={() => setIsLeaving(true)}>Cancel run</Button>
            <Button kind="primary" type="submit" isDisabled={isSending}>
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

interface FieldProps {
  field: FormFieldRequest;
  value: string;
  autoFocus: boolean;
  error: string | null;
  onChange: (value: string) => void;
  onLeave: () => void;
}

function Field({ field, value, autoFocus, error, onChange, onLeave }: FieldProps) {
  const help = field.remembered
    ? [field.help && sentence(field.help), "Leave it empty to use the one you gave before."]
        .filter(Boolean)
        .join(" ")
    : field.help;
  if (field.type === "select") {
    return (
      <div className={styles.choice}>
        <SelectInput
          label={field.label}
          value={value === "" ? null : value}
          choices={field.options}
          onChange={onChange}
          isInvalid={error !== null}
        />
        {help ? <span className={styles.help}>{help}</span> : null}
        {error ? <span className={styles.error}>{error}</span> : null}
      </div>
    );
  }
  return (
    <TextInput
      label={field.label}
      type={field.type === "password" ? "password" : "text"}
      {...(field.type === "multiline" ? { rows: 4 } : {})}
      {...(field.type === "number" ? { inputMode: "decimal" as const } : {})}
      {...(field.type === "email" ? { inputMode: "email" as const } : {})}
      autoComplete={field.one_time ? "one-time-code" : "off"}
      value={value}
      onChange={onChange}
      onBlur={onLeave}
      autoFocus={autoFocus}
      isRequired={field.required && !field.remembered}
      placeholder={field.placeholder ?? (field.remembered ? "••••••••" : "")}
      description={help}
      error={error}
    />
  );
}
