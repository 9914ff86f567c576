import { useState } from "react";
import { TextInput } from "@/components/TextInput/TextInput";
import type { ControlProps } from "../Control";
import { ActionState, Reloading } from "../ControlFrame";
import styles from "./InputControl.module.css";

/** One value to type. The page holds the text while it is typed; what others set counts up `set`. */
export function InputControl({ view, content, send }: ControlProps<"input">) {
  const { input_type, placeholder, problem, required, set, value } = content;
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(set);
  if (known !== set) {
    setKnown(set);
    setText(value);
  }
  return (
    <div className={styles.input}>
      <Reloading isOn={view.state.is === "loading"} />
      <TextInput
        label={view.label || placeholder || view.id}
        labelHidden={!view.label}
        value={text}
        onChange={(typed) => {
          setText(typed);
          send({ type: "input", value: typed });
        }}
        placeholder={placeholder}
        isRequired={required}
        error={problem}
        autoComplete="off"
        {...(input_type === "multiline" ? { rows: 4 } : {})}
        {...(input_type === "number" ? { inputMode: "decimal" as const } : {})}
        {...(input_type === "email" ? { inputMode: "email" as const } : {})}
      />
      <ActionState view={view} send={send} />
    </div>
  );
}
