import { Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "@/components/Button/Button";
import { SegmentedInput } from "@/components/SegmentedInput/SegmentedInput";
import { TextInput } from "@/components/TextInput/TextInput";
import type { FormOption } from "@/model/connector";
import { formatPath, type Path } from "@/model/path";
import { useDocumentEditor } from "../DocumentContext";
import { FieldFindings } from "../Findings/FieldFindings";
import { TemplateField } from "../TemplateField/TemplateField";
import styles from "./OptionsEditor.module.css";

interface Props {
  options: FormOption[] | string;
  at: Path;
  /** A template that could give the list. */
  example: string;
}

/** What a choice offers: a list written here, or one that an earlier answer gives. */
export function OptionsEditor({ options, at, example }: Props) {
  const { apply } = useDocumentEditor();
  const isTemplate = typeof options === "string";
  const set = (value: unknown) => apply({ type: "value_set", at, value });
  return (
    <div className={styles.options}>
      <SegmentedInput
        label="Options"
        value={isTemplate ? "answer" : "written"}
        choices={[
          { value: "written", label: "Written here" },
          { value: "answer", label: "From an earlier answer" },
        ]}
        onChange={(from) => {
          if ((from === "answer") !== isTemplate) set(from === "answer" ? "" : []);
        }}
      />
      {isTemplate ? (
        <TemplateField
          label="List of options"
          labelHidden
          at={at}
          value={options}
          onChange={set}
          placeholder={example}
          description="A list of { value, label } or of plain values. Of other objects: {{ sites.body | options('id', 'name') }} says which member is the value, and which one people read."
        />
      ) : (
        <div className={styles.options} data-path={formatPath(at)}>
          <OptionList options={options} at={at} />
          <FieldFindings at={at} />
        </div>
      )}
    </div>
  );
}

/** Options that are written here, one by one. */
export function OptionList({ options, at }: { options: readonly FormOption[]; at: Path }) {
  const { apply } = useDocumentEditor();
  return (
    <div className={styles.options}>
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
    </div>
  );
}
