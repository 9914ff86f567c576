/** A form that is asked again, with what was typed before: a wrong password costs no second e-mail address. Pure. */
import type { FormAsked } from "@/run/timeline";

export interface Answered {
  form: FormAsked;
  values: Readonly<Record<string, string>>;
}

/** Secrets and codes are typed anew. */
export function withAnswers(form: FormAsked, last: Answered | null): FormAsked {
  if (last === null || last.form.step !== form.step) return form;
  return {
    ...form,
    fields: form.fields.map((field) =>
      field.type === "password" || field.one_time
        ? field
        : { ...field, value: field.value ?? last.values[field.key] ?? null },
    ),
  };
}
