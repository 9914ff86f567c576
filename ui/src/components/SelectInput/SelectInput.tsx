import { ChevronDown } from "lucide-react";
import {
  Button,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
} from "react-aria-components";
import styles from "./SelectInput.module.css";

export interface Choice<Value extends string> {
  value: Value;
  label: string;
  description?: string;
}

interface Props<Value extends string> {
  label: string;
  labelHidden?: boolean;
  value: Value | null;
  choices: readonly Choice<Value>[];
  onChange: (value: Value) => void;
  look?: "field" | "quiet" | "method";
  isDisabled?: boolean;
  placeholder?: string;
  isInvalid?: boolean;
}

export function SelectInput<Value extends string>(props: Props<Value>) {
  const { label, labelHidden, value, choices, onChange, look = "field" } = props;
  return (
    <Select
      aria-label={labelHidden ? label : undefined}
      value={value}
      onChange={(key) => key !== null && onChange(key as Value)}
      isDisabled={props.isDisabled ?? false}
      isInvalid={props.isInvalid ?? false}
      placeholder={props.placeholder ?? "Choose"}
      className={`${styles.select} ${styles[look]}`}
    >
      {labelHidden ? null : <Label className={styles.label}>{label}</Label>}
      <Button className={styles.button ?? ""}>
        <SelectValue className={styles.value ?? ""}>
          {({ selectedText, defaultChildren }) => selectedText || defaultChildren}
        </SelectValue>
        <ChevronDown size={13} aria-hidden />
      </Button>
      <Popover className={styles.popover ?? ""} offset={4}>
        <ListBox className={styles.list ?? ""}>
          {choices.map((choice) => (
            <ListBoxItem
              key={choice.value}
              id={choice.value}
              textValue={choice.label}
              className={styles.option ?? ""}
            >
              <Text slot="label">{choice.label}</Text>
              {choice.description ? (
                <Text slot="description" className={styles.description}>
                  {choice.description}
                </Text>
              ) : null}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
