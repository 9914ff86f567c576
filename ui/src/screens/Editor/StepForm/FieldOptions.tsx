import { Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "@/components/Button/Button";
import { TextInput } from "@/components/TextInput/TextInput";
import { Toggle } from "@/components/Toggle/Toggle";
import { useEditor } from "@/editor/EditorContext";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { FormOption } from "@/model/connector";
import type { Path } from "@/model/path";
import styles from "./StepForm.module.css";

/** What a choice offers: a list written here, or one that an earlier answer gives. */
export function FieldOptions({ options, at }: { options: FormOption[] | string; at: Path }) {
  const { apply } = useEditor();
  const isTemplate = typeof options === "string";
  const set = (value: unknown) => apply({ type: "value_set", at, value });
  return (
    <div className={styles.stackTight}>
      <div className={styles.label}>Options</div>
      <Toggle label="From an earlier answer" isSelected={isTemplate} onChange={(on) => set(on ? "" : [])} />
      {isTemplate ? (
        <TemplateField
          label="List of options"
          labelHidden
          at={at}
          value={options}
          onChange={set}
          placeholder="{{ login.body.sites }}"
          description="A list of { value, label }."
        />
      ) : (
        <>
          {options.map((option, index) => (
            <div key={index} className={styles.option}>
              <TextInput
                label={`Value of option ${index + 1}`}
                labelHidden
                mono
                placeholder="value"
                value={option.value}
                onChange={(value) => apply({ type: "value_set", at: [...at, index, "value"], value })}
              />
              <TextInput
                label={`Label of option ${index + 1}`}
                labelHidden
                placeholder="Label"
                value={option.label}
                onChange={(label) => apply({ type: "value_set", at: [...at, index, "label"], value: label })}
              />
              <IconButton
                label={`Delete option ${index + 1}`}
                icon={<Trash2 size={14} />}
                onPress={() => apply({ type: "item_removed", list: at, index })}
              />
            </div>
          ))}
          <div>
            <Button
              small
              onPress={() =>
                apply({
                  type: "item_inserted",
                  list: at,
                  index: options.length,
                  item: { value: "", label: "" },
                })
              }
            >
              <Plus size={13} aria-hidden />
              Add option
            </Button>
          </div>
        </>
      )}
    </div>
  );
}
