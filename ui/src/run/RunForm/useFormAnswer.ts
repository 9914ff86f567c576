/** The answer to a form of a run while it is typed: its values, what is wrong with them, and what the core refused. */
import { useState } from "react";
import { toAppError } from "@/platform/errors";
import type { AppError, FormFieldRequest } from "@/platform/wire";
import type { FormAsked } from "../timeline";

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

export interface FormAnswer {
  isSending: boolean;
  /** What the core refused, where it is about no field of the form. */
  refused: AppError | null;
  valueOf: (key: string) => string;
  errorOf: (key: string) => string | null;
  set: (key: string, value: string) => void;
  /** The person went on to another field: what is wrong with this one is said now. */
  leave: (key: string) => void;
  /** Sends the answer, where nothing is wrong with it; else the first field that is wrong is given back. */
  send: () => Promise<string | null>;
}

export function useFormAnswer(
  form: FormAsked,
  onAnswer: (values: Record<string, string>) => Promise<void>,
): FormAnswer {
  const [values, setValues] = useState(() => firstValues(form));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = useState<AppError | null>(null);
  const [isSending, setIsSending] = useState(false);
  const problems = new Map(
    form.fields.map((field) => [field.key, fieldProblem(field, values[field.key] ?? "")]),
  );
  return {
    isSending,
    refused: refused && (refused.field === null || !problems.has(refused.field)) ? refused : null,
    valueOf: (key) => values[key] ?? "",
    errorOf: (key) =>
      refused?.field === key ? refused.message : touched.has(key) ? (problems.get(key) ?? null) : null,
    set: (key, value) => {
      setValues((all) => ({ ...all, [key]: value }));
      if (refused?.field === key) setRefused(null);
    },
    leave: (key) => (values[key] ?? "") !== "" && setTouched((all) => new Set(all).add(key)),
    send: async () => {
      setTouched(new Set(form.fields.map((field) => field.key)));
      const wrong = form.fields.find((field) => problems.get(field.key) !== null);
      if (wrong) return wrong.key;
      setIsSending(true);
      setRefused(null);
      try {
        await onAnswer(values);
      } catch (cause) {
        setRefused(toAppError(cause));
      } finally {
        setIsSending(false);
      }
      return null;
    },
  };
}
