import { Ellipsis, Plus } from "lucide-react";
import { Button, IconButton } from "@/components/Button/Button";
import { MenuButton } from "@/components/MenuButton/MenuButton";
import { TextInput } from "@/components/TextInput/TextInput";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { LabelledValue } from "@/model/app";
import { formatPath, type Path } from "@/model/path";
import { useAppEditor } from "../AppEditorContext";
import styles from "./Inspector.module.css";

interface Props {
  title: string;
  /** What one is: "column". */
  noun: string;
  /** What its templates know the thing at hand by: "row". */
  name: string;
  /** What holds while there are none. */
  emptyText: string;
  at: Path;
  values: readonly LabelledValue[];
}

/** The columns of a table, the lines of a record: a label, and a template that gives the value. */
export function LabelledValues({ title, noun, name, emptyText, at, values }: Props) {
  const { apply } = useAppEditor();
  return (
    <fieldset className={styles.stack} style={{ padding: 0, border: 0 }} data-path={formatPath(at)}>
      <legend className={styles.label} style={{ padding: 0, marginBottom: 5 }}>
        {title}
      </legend>
      {values.length === 0 ? <p className={styles.muted}>{emptyText}</p> : null}
      {values.map((one, index) => {
        const label = `${noun} ${index + 1}`;
        return (
          <fieldset key={index} className={styles.row} aria-label={label}>
            <TextInput
              label={`Label of ${label}`}
              labelHidden
              placeholder="Label"
              value={one.label}
              onChange={(text) => apply({ type: "value_set", at: [...at, index, "label"], value: text })}
            />
            <TemplateField
              label={`Value of ${label}`}
              labelHidden
              placeholder={`{{ ${name}.name }}`}
              at={[...at, index, "value"]}
              value={one.value}
              onChange={(text) => apply({ type: "value_set", at: [...at, index, "value"], value: text })}
            />
            <MenuButton
              label={`Actions for ${label}`}
              entries={[
                {
                  id: "up",
                  label: "Move up",
                  disabled: index === 0,
                  onAction: () => apply({ type: "item_moved", list: at, from: index, to: index - 1 }),
                },
                {
                  id: "down",
                  label: "Move down",
                  disabled: index === values.length - 1,
                  onAction: () => apply({ type: "item_moved", list: at, from: index, to: index + 1 }),
                },
                {
                  id: "delete",
                  label: "Delete",
                  danger: true,
                  onAction: () =>
                    values.length === 1
                      ? apply({ type: "value_set", at, value: undefined })
                      : apply({ type: "item_removed", list: at, index }),
                },
              ]}
            >
              <IconButton label={`More for ${label}`} hint="More" icon={<Ellipsis size={15} />} />
            </MenuButton>
          </fieldset>
        );
      })}
      <div>
        <Button
          small
          onPress={() =>
            apply({
              type: "item_inserted",
              list: at,
              index: values.length,
              item: { label: "", value: "" },
            })
          }
        >
          <Plus size={13} aria-hidden />
          Add {noun}
        </Button>
      </div>
    </fieldset>
  );
}
