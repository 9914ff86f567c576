import { type ReactNode, type Ref, useState } from "react";
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  TextField,
  type TextFieldProps,
} from "react-aria-components";
import { Button } from "@/components/Button/Button";
import { Marked } from "@/components/Spoken/Spoken";
import styles from "./TextInput.module.css";

interface Props extends Omit<TextFieldProps, "className" | "style" | "children"> {
  label: string;
  /** The label is said and not shown, where a heading beside it already does. */
  labelHidden?: boolean;
  description?: ReactNode;
  error?: string | null;
  placeholder?: string;
  mono?: boolean;
  rows?: number;
  /** Of several lines, and secret: what is in it is shown as dots. */
  masked?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  list?: string;
}

export function TextInput({ label, labelHidden, description, error, mono, rows, masked, ...props }: Props) {
  const { placeholder, inputRef, list, type, ...field } = props;
  const [shown, setShown] = useState(false);
  const inputClass = `${styles.input} ${mono ? styles.mono : ""}`;
  const isPassword = type === "password";
  return (
    <TextField
      {...field}
      type={isPassword && shown ? "text" : (type ?? "text")}
      aria-label={labelHidden ? label : undefined}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={styles.field ?? ""}
    >
      {labelHidden ? null : <Label className={styles.label}>{label}</Label>}
      {rows ? (
        <TextArea
          className={`${inputClass} ${masked ? styles.masked : ""}`}
          rows={rows}
          placeholder={placeholder}
          spellCheck={masked ? false : undefined}
        />
      ) : (
        <span className={styles.box}>
          <Input
            className={inputClass}
            placeholder={placeholder}
            ref={inputRef}
            list={list}
            spellCheck={false}
            autoCapitalize="off"
          />
          {isPassword ? (
            <span className={styles.inside}>
              <Button
                kind="quiet"
                small
                aria-label={shown ? `Hide ${label}` : `Show ${label}`}
                onPress={() => setShown(!shown)}
              >
                {shown ? "Hide" : "Show"}
              </Button>
            </span>
          ) : null}
        </span>
      )}
      {description ? (
        <Text slot="description" className={styles.description}>
          {description}
        </Text>
      ) : null}
      <FieldError className={styles.error ?? ""}>{error ? <Marked text={error} /> : undefined}</FieldError>
    </TextField>
  );
}
