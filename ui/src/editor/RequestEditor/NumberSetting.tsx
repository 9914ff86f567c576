import { useEffect, useState } from "react";
import { TextInput } from "@/components/TextInput/TextInput";
import type { FileNumber } from "@/model/connector";

interface Props {
  label: string;
  value: FileNumber | undefined;
  onChange: (value: number | undefined) => void;
  placeholder?: string;
  description?: string;
}

/** A whole number of seconds, or nothing for the default. */
export function NumberSetting({ label, value, onChange, placeholder = "", description }: Props) {
  const shown = value === undefined ? "" : String(value);
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const isGood = text === "" || (/^\d{1,9}$/.test(text) && Number(text) > 0);
  return (
    <TextInput
      label={label}
      value={text}
      placeholder={placeholder}
      inputMode="numeric"
      description={description}
      error={isGood ? null : "A whole number above 0."}
      onChange={(next) => {
        setText(next);
        if (next === "") onChange(undefined);
        else if (/^\d{1,9}$/.test(next) && Number(next) > 0) onChange(Number(next));
      }}
    />
  );
}
