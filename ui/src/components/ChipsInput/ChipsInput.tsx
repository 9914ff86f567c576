import { X } from "lucide-react";
import { type ClipboardEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import { Button, Label, Tag, TagGroup, TagList } from "react-aria-components";
import styles from "./ChipsInput.module.css";
import { endsChip, splitChips } from "./splitChips";

interface Props {
  label: string;
  /** What one of them is: "scope". */
  noun: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  placeholder?: string;
  description?: string;
  isInvalid?: boolean;
}

/**
 * A list of short texts as chips. Enter, a space or a comma ends one; Backspace at the start takes the last one
 * back into the field; arrows and Delete work on the chips themselves.
 */
export function ChipsInput(props: Props) {
  const { label, noun, values, onChange, placeholder = "", description } = props;
  const [text, setText] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  const add = (more: string) => {
    const added = splitChips(more).filter((chip) => !values.includes(chip));
    if (added.length > 0) onChange([...values, ...new Set(added)]);
    setText("");
  };
  const typed = (next: string) => (endsChip(next) ? add(next) : setText(next));
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter" && text !== "") {
      event.preventDefault();
      add(text);
    }
    const last = values.at(-1);
    if (event.key === "Backspace" && text === "" && last !== undefined) {
      event.preventDefault();
      onChange(values.slice(0, -1));
      setText(last);
    }
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const pasted = event.clipboardData.getData("text");
    if (splitChips(text + pasted).length < 2) return;
    event.preventDefault();
    add(text + pasted);
  };

  return (
    <div className={styles.field}>
      <TagGroup
        className={styles.group ?? ""}
        onRemove={(keys) => {
          onChange(values.filter((_, index) => !keys.has(index)));
          input.current?.focus();
        }}
      >
        <Label className={styles.label}>{label}</Label>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a click beside the chips goes into the field, as anywhere */}
        <div
          className={styles.box}
          data-invalid={props.isInvalid || undefined}
          onMouseDown={(event) => {
            if (event.target !== event.currentTarget) return;
            event.preventDefault();
            input.current?.focus();
          }}
        >
          <TagList className={styles.list ?? ""}>
            {values.map((value, index) => (
              <Tag
                key={`${index} ${value}`}
                id={index}
                textValue={value}
                className={`${styles.chip} ${value.includes("{{") ? styles.expression : ""}`}
              >
                <span className={styles.text} title={value}>
                  {value}
                </span>
                <Button slot="remove" className={styles.remove ?? ""} aria-label={`Remove ${noun}`}>
                  <X size={11} aria-hidden />
                </Button>
              </Tag>
            ))}
          </TagList>
          <input
            ref={input}
            className={styles.input}
            aria-label={`Add a ${noun}`}
            aria-describedby={description ? id : undefined}
            value={text}
            placeholder={values.length === 0 ? placeholder : ""}
            spellCheck={false}
            autoCapitalize="off"
            onChange={(event) => typed(event.target.value)}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            onBlur={() => text !== "" && add(text)}
          />
        </div>
      </TagGroup>
      {description ? (
        <div id={id} className={styles.description}>
          {description}
        </div>
      ) : null}
    </div>
  );
}
