import { ChevronDown } from "lucide-react";
import { Button } from "react-aria-components";
import type { FieldChoice } from "@/components/CodeField/completion";
import { MenuButton } from "@/components/MenuButton/MenuButton";
import type { Path } from "@/model/path";
import { TemplateField } from "../TemplateField/TemplateField";
import styles from "./TemplateCombo.module.css";

interface Props {
  label: string;
  at: Path;
  value: string;
  onChange: (value: string) => void;
  /** What is offered; anything else can be written too, an expression as well. */
  choices: readonly FieldChoice[];
  placeholder?: string;
  description?: string;
}

/** A template that is mostly one of a few known texts: they are offered as one types, and by a button. */
export function TemplateCombo({ choices, ...field }: Props) {
  return (
    <TemplateField
      {...field}
      choices={choices}
      aside={
        <MenuButton
          label={`Choices for ${field.label}`}
          isWide
          entries={() =>
            choices.map(({ value, detail }) => ({
              id: value,
              label: value,
              detail,
              onAction: () => field.onChange(value),
            }))
          }
        >
          <Button className={styles.open ?? ""} aria-label={`Choices for ${field.label}`}>
            <ChevronDown size={13} aria-hidden />
          </Button>
        </MenuButton>
      }
    />
  );
}
