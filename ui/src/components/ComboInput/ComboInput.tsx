import { ChevronDown } from "lucide-react";
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from "react-aria-components";
import styles from "./ComboInput.module.css";

interface Props {
  label: string;
  labelHidden?: boolean;
  value: string;
  /** What is offered; anything else can be typed too. */
  choices: readonly string[];
  onChange: (value: string) => void;
  placeholder?: string;
  isInvalid?: boolean;
  onFocus?: () => void;
}

/** A line of text that offers what is known while it is typed. */
export function ComboInput(props: Props) {
  const { label, labelHidden, value, choices, onChange, placeholder = "" } = props;
  return (
    <ComboBox
      aria-label={labelHidden ? label : undefined}
      allowsCustomValue
      allowsEmptyCollection={false}
      inputValue={value}
      onInputChange={onChange}
      isInvalid={props.isInvalid ?? false}
      onFocus={() => props.onFocus?.()}
      className={styles.combo ?? ""}
    >
      {labelHidden ? null : <Label className={styles.label}>{label}</Label>}
      <div className={styles.box}>
        <Input
          className={styles.input ?? ""}
          placeholder={placeholder}
          spellCheck={false}
          autoCapitalize="off"
        />
        <Button className={styles.open ?? ""} aria-label={`Choices for ${label}`}>
          <ChevronDown size={13} aria-hidden />
        </Button>
      </div>
      <Popover className={styles.popover ?? ""} offset={4}>
        <ListBox className={styles.list ?? ""}>
          {choices.map((choice) => (
            <ListBoxItem key={choice} id={choice} textValue={choice} className={styles.option ?? ""}>
              {choice}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
