import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, Trash2 } from "lucide-react";
import { IconButton } from "@/components/Button/Button";
import { SelectInput } from "@/components/SelectInput/SelectInput";
import { Tag } from "@/components/Tag/Tag";
import { TextInput } from "@/components/TextInput/TextInput";
import { Check } from "@/components/Toggle/Toggle";
import { useEditor } from "@/editor/EditorContext";
import { OptionsEditor } from "@/editor/OptionsEditor/OptionsEditor";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { FieldType, FormField } from "@/model/connector";
import type { Path } from "@/model/path";
import styles from "./StepForm.module.css";

const TYPES: { value: FieldType; label: string }[] = [
  { value: "text", label: "Text" },
  { value: "email", label: "E-mail" },
  { value: "password", label: "Password" },
  { value: "number", label: "Number" },
  { value: "select", label: "Choice" },
  { value: "multiline", label: "Long text" },
];

interface Props {
  field: FormField;
  index: number;
  count: number;
  otherKeys: ReadonlySet<string>;
  stepId: string;
  at: Path;
  isOpen: boolean;
  onToggle: () => void;
  onMove: (by: number) => void;
  onDelete: () => void;
}

export function keyProblem(key: string, others: ReadonlySet<string>): string | null {
  if (key === "") return "The key names the output.";
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) return "Letters, digits and _ only.";
  return others.has(key) ? "Another field has this key." : null;
}

export function FormFieldRow(props: Props) {
  const { field, index, count, at, isOpen } = props;
  const { apply } = useEditor();
  const set = (member: string, value: unknown) => apply({ type: "value_set", at: [...at, member], value });
  const setText = (member: string) => (value: string) => set(member, value === "" ? undefined : value);
  const name = field.label || field.key || `field ${index + 1}`;
  return (
    <li className={styles.fieldRow}>
      <div className={styles.fieldHead}>
        <button type="button" className={styles.fieldToggle} aria-expanded={isOpen} onClick={props.onToggle}>
          {isOpen ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
          <b className={styles.fieldName}>{name}</b>
          <span className={styles.id}>{field.key}</span>
          <Tag>{TYPES.find((type) => type.value === field.type)?.label ?? field.type}</Tag>
          {field.required === false ? <span className={styles.muted}>optional</span> : null}
          {field.one_time ? <span className={styles.muted}>one time</span> : null}
        </button>
        <IconButton
          label={`Move ${name} up`}
          icon={<ArrowUp size={14} />}
          isDisabled={index === 0}
          onPress={() => props.onMove(-1)}
        />
        <IconButton
          label={`Move ${name} down`}
          icon={<ArrowDown size={14} />}
          isDisabled={index === count - 1}
          onPress={() => props.onMove(1)}
        />
        <IconButton label={`Delete ${name}`} icon={<Trash2 size={14} />} onPress={props.onDelete} />
      </div>
      {isOpen ? (
        <div className={styles.fieldBody}>
          <TextInput
            label="Label"
            value={field.label}
            autoFocus={field.label === ""}
            onChange={(label) => set("label", label)}
          />
          <TextInput
            label="Key"
            mono
            value={field.key}
            onChange={(key) => set("key", key)}
            error={keyProblem(field.key, props.otherKeys)}
            description={`Later steps use {{ ${props.stepId}.${field.key || "key"} }}`}
          />
          <SelectInput
            label="Type"
            value={field.type}
            choices={TYPES}
            onChange={(type) => set("type", type)}
          />
          <TextInput label="Placeholder" value={field.placeholder ?? ""} onChange={setText("placeholder")} />
          {field.type === "password" ? null : (
            <TemplateField
              label="Default"
              at={[...at, "default"]}
              value={field.default ?? ""}
              onChange={setText("default")}
            />
          )}
          <TextInput label="Help" value={field.help ?? ""} onChange={setText("help")} />
          {field.type === "select" ? (
            <div className={styles.wide}>
              <OptionsEditor
                options={field.options ?? []}
                at={[...at, "options"]}
                example="{{ sites.body | options('id', 'name') }}"
              />
            </div>
          ) : null}
          <div className={`${styles.wide} ${styles.checks}`}>
            <Check
              label="Required"
              isSelected={field.required !== false}
              onChange={(on) => set("required", on ? undefined : false)}
            />
            <Check
              label="One-time code"
              description="Never stored, and asked for again each time."
              isSelected={field.one_time === true}
              onChange={(on) => set("one_time", on ? true : undefined)}
            />
            <Check
              label="Names a server"
              description="What the person types may be called: it approves that origin."
              isSelected={field.origin === true}
              onChange={(on) => set("origin", on ? true : undefined)}
            />
          </div>
        </div>
      ) : null}
    </li>
  );
}
