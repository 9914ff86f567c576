import { useEffect, useState } from "react";
import { TextInput } from "@/components/TextInput/TextInput";
import type { FileNumber } from "@/model/connector";

type Statuses = (string | FileNumber)[];

/** `2xx, 302` as the file's list; null where a part is no status. Empty is the default, any 2xx. */
export function readStatuses(text: string): Statuses | undefined | null {
  const parts = text.split(/[\s,]+/).filter(Boolean);
  if (parts.length === 0) return undefined;
  const statuses: Statuses = [];
  for (const part of parts) {
    if (/^[1-5]xx$/i.test(part)) statuses.push(part.toLowerCase());
    else if (/^[1-5]\d\d$/.test(part)) statuses.push(Number(part));
    else return null;
  }
  return statuses;
}

interface Props {
  label: string;
  statuses: Statuses | undefined;
  onChange: (statuses: Statuses | undefined) => void;
}

export function StatusesField({ label, statuses, onChange }: Props) {
  const written = (statuses ?? []).map(String).join(", ");
  const [text, setText] = useState(written);
  useEffect(() => {
    setText((current) =>
      (readStatuses(current) ?? []).map(String).join(", ") === written ? current : written,
    );
  }, [written]);
  const read = readStatuses(text);
  return (
    <TextInput
      label={label}
      mono
      value={text}
      placeholder="Any 2xx"
      description="Statuses or classes, such as 2xx, 302."
      error={read === null ? "Write statuses such as 200, or classes such as 2xx." : null}
      onChange={(next) => {
        setText(next);
        const result = readStatuses(next);
        if (result !== null) onChange(result);
      }}
    />
  );
}
