import { SelectInput } from "@/components/SelectInput/SelectInput";
import { TextInput } from "@/components/TextInput/TextInput";
import { sentence } from "@/model/sentence";
import type { FormFieldRequest } from "@/platform/wire";
import styles from "./RunForm.module.css";
import type { FormAnswer } from "./useFormAnswer";

interface Props {
  field: FormFieldRequest;
  answer: FormAnswer;
  autoFocus: boolean;
  isDisabled?: boolean;
}

/** A field of a run's form. */
export function RunField({ field, answer, autoFocus, isDisabled = false }: Props) {
  const value = answer.valueOf(field.key);
  const error = answer.errorOf(field.key);
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
          onChange={(chosen) => answer.set(field.key, chosen)}
          isInvalid={error !== null}
          isDisabled={isDisabled}
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
      onChange={(typed) => answer.set(field.key, typed)}
      onBlur={() => answer.leave(field.key)}
      autoFocus={autoFocus}
      isDisabled={isDisabled}
      isRequired={field.required && !field.remembered}
      placeholder={field.placeholder ?? (field.remembered ? "••••••••" : "")}
      description={help}
      error={error}
    />
  );
}
