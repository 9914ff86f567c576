import { X } from "lucide-react";
import { IconButton } from "@/components/Button/Button";
import { SelectInput } from "@/components/SelectInput/SelectInput";
import type { ControlProps } from "../Control";
import { ActionState, Reloading } from "../ControlFrame";
import { useOwnValue } from "../useOwnValue";
import styles from "./SelectControl.module.css";

/** One value out of some. */
export function SelectControl({ view, content, send }: ControlProps<"select">) {
  const { options, placeholder } = content;
  const [value, setValue] = useOwnValue(content.value);
  const isLoading = view.state.is === "loading";
  const isBlank = options.length === 0;
  const name = view.label || placeholder || view.id;
  const choose = (chosen: string | null) => {
    setValue(chosen);
    send({ type: "choose", value: chosen });
  };
  return (
    <div className={styles.select}>
      <Reloading isOn={isLoading} />
      <div className={styles.row}>
        <SelectInput
          label={name}
          labelHidden={!view.label}
          value={value}
          choices={options}
          onChange={choose}
          isDisabled={isBlank}
          placeholder={
            isBlank ? (isLoading ? "Loading…" : "Nothing to choose from") : placeholder || "Choose"
          }
        />
        {value !== null && !isBlank ? (
          <IconButton
            label={`Take back the choice: ${name}`}
            hint="Choose nothing"
            icon={<X size={14} aria-hidden />}
            onPress={() => choose(null)}
          />
        ) : null}
      </div>
      <ActionState view={view} send={send} />
    </div>
  );
}
