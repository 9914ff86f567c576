import { useEffect, useState } from "react";
import { SegmentedInput } from "@/components/SegmentedInput/SegmentedInput";
import { TextInput } from "@/components/TextInput/TextInput";
import { FieldFindings } from "@/editor/Findings/FieldFindings";
import type { FileNumber } from "@/model/connector";
import { formatPath, type Path } from "@/model/path";
import { useAppEditor } from "../AppEditorContext";
import styles from "./Inspector.module.css";

const WIDTHS = [
  { value: "3", label: "Quarter" },
  { value: "4", label: "Third" },
  { value: "6", label: "Half" },
  { value: "12", label: "Full" },
];

/** How many of a row's twelve columns: the usual parts, or any number. */
export function WidthField({ width, at }: { width: FileNumber | undefined; at: Path }) {
  const { apply } = useAppEditor();
  const current = String(width ?? 12);
  const [text, setText] = useState(current);
  useEffect(() => setText(current), [current]);
  const number = Number(text);
  const isGood = /^\d{1,2}$/.test(text) && number >= 1 && number <= 12;
  const set = (value: number) =>
    apply({ type: "value_set", at, value: value === 12 ? undefined : value, typing: true });
  return (
    <div data-path={formatPath(at)}>
      <div className={styles.width}>
        <SegmentedInput
          label="Width"
          value={WIDTHS.some((one) => one.value === current) ? current : null}
          choices={WIDTHS}
          onChange={(value) => set(Number(value))}
        />
        <TextInput
          label="Columns"
          inputMode="numeric"
          value={text}
          onChange={(next) => {
            setText(next);
            const value = Number(next);
            if (/^\d{1,2}$/.test(next) && value >= 1 && value <= 12) set(value);
          }}
          onBlur={() => isGood || setText(current)}
        />
      </div>
      {isGood || text === "" ? null : (
        <p className={styles.muted}>A whole number from 1 to 12: a row has twelve columns.</p>
      )}
      <FieldFindings at={at} />
    </div>
  );
}
