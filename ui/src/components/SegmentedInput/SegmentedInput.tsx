import { Label, Radio, RadioGroup } from "react-aria-components";
import styles from "./SegmentedInput.module.css";

interface Props<Value extends string> {
  label: string;
  labelHidden?: boolean;
  /** None of the choices is chosen where it is none of their values. */
  value: Value | null;
  choices: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** A few choices side by side, one of which is taken. */
export function SegmentedInput<Value extends string>(props: Props<Value>) {
  const { label, labelHidden = false, value, choices, onChange } = props;
  return (
    <RadioGroup
      aria-label={labelHidden ? label : undefined}
      orientation="horizontal"
      value={value ?? ""}
      onChange={(next) => onChange(next as Value)}
      className={styles.group ?? ""}
    >
      {labelHidden ? null : <Label className={styles.label}>{label}</Label>}
      <div className={styles.segments}>
        {choices.map((choice) => (
          <Radio key={choice.value} value={choice.value} className={styles.segment ?? ""}>
            {choice.label}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
