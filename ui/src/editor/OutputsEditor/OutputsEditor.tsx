import { Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "@/components/Button/Button";
import { TextInput } from "@/components/TextInput/TextInput";
import type { OutputDefinition } from "@/model/connector";
import type { Path } from "@/model/path";
import { useDocumentEditor } from "../DocumentContext";
import { TemplateField } from "../TemplateField/TemplateField";
import styles from "./OutputsEditor.module.css";

interface Props {
  at: Path;
  outputs: readonly OutputDefinition[];
  noun?: string;
  /** How a value may look: an answer's own parts are there only where the step has an answer. */
  example?: string;
  emptyText: string;
}

/** A step's own outputs: a name, and a template that gives its value. */
export function OutputsEditor(props: Props) {
  const { at, outputs, noun = "output", example = "{{ body.token }}", emptyText } = props;
  const { apply } = useDocumentEditor();
  return (
    <div className={styles.list}>
      {outputs.length === 0 ? <p className={styles.empty}>{emptyText}</p> : null}
      {outputs.map((output, index) => (
        <fieldset key={index} className={styles.row} aria-label={`${noun} ${index + 1}`}>
          <TextInput
            label={`Name of ${noun} ${index + 1}`}
            labelHidden
            mono
            placeholder="name"
            value={output.name}
            onChange={(name) => apply({ type: "value_set", at: [...at, index, "name"], value: name })}
            error={
              output.name === "" || /^[A-Za-z_][A-Za-z0-9_]*$/.test(output.name)
                ? null
                : "Letters, digits and _ only."
            }
          />
          <TemplateField
            label={`Value of ${noun} ${index + 1}`}
            labelHidden
            placeholder={example}
            at={[...at, index, "value"]}
            value={output.value}
            onChange={(value) => apply({ type: "value_set", at: [...at, index, "value"], value })}
          />
          <IconButton
            label={`Delete ${noun} ${index + 1}`}
            icon={<Trash2 size={14} />}
            onPress={() =>
              outputs.length === 1
                ? apply({ type: "value_set", at, value: undefined })
                : apply({ type: "item_removed", list: at, index })
            }
          />
        </fieldset>
      ))}
      <div>
        <Button
          small
          onPress={() =>
            apply({ type: "item_inserted", list: at, index: outputs.length, item: { name: "", value: "" } })
          }
        >
          <Plus size={13} aria-hidden />
          Add {noun}
        </Button>
      </div>
    </div>
  );
}
