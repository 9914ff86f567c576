import { Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "@/components/Button/Button";
import { SelectInput } from "@/components/SelectInput/SelectInput";
import { TextInput } from "@/components/TextInput/TextInput";
import { Check } from "@/components/Toggle/Toggle";
import { useEditor } from "@/editor/EditorContext";
import type { EndpointInput, InputType } from "@/model/connector";
import { tryParseJson, writeJson } from "@/model/json";
import type { Path } from "@/model/path";
import styles from "./EndpointView.module.css";

const TYPES: { value: InputType; label: string }[] = [
  { value: "text", label: "Text" },
  { value: "number", label: "Number" },
  { value: "boolean", label: "Yes or no" },
  { value: "json", label: "JSON" },
];

/** An input's default as the person wrote it. */
export function inputText(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : writeJson(value);
}

/** The text as a value of the input's type; text that is none of it stays text, for the checker to say. */
export function inputValue(text: string, type: InputType): unknown {
  if (text === "") return undefined;
  return type === "text" ? text : (tryParseJson(text) ?? text);
}

export function InputsEditor({ inputs, at }: { inputs: readonly EndpointInput[]; at: Path }) {
  const { apply } = useEditor();
  return (
    <div className={styles.inputs}>
      {inputs.length === 0 ? (
        <p className={styles.muted}>
          No inputs. An input is asked for when the endpoint runs, and used as {"{{ input.name }}"}.
        </p>
      ) : null}
      {inputs.map((input, index) => {
        const label = input.name || `input ${index + 1}`;
        const set = (member: string, value: unknown) =>
          apply({ type: "value_set", at: [...at, index, member], value, typing: member === "default" });
        return (
          <fieldset key={index} className={styles.input} aria-label={label}>
            <TextInput
              label={`Name of input ${index + 1}`}
              labelHidden
              mono
              placeholder="name"
              autoFocus={input.name === ""}
              value={input.name}
              onChange={(name) => set("name", name)}
            />
            <SelectInput
              label={`Type of ${label}`}
              labelHidden
              value={input.type ?? "text"}
              choices={TYPES}
              onChange={(type) => set("type", type)}
            />
            <TextInput
              label={`Default of ${label}`}
              labelHidden
              mono
              placeholder="default"
              value={inputText(input.default)}
              onChange={(text) => set("default", inputValue(text, input.type ?? "text"))}
            />
            <Check
              label="Required"
              isSelected={input.required !== false}
              onChange={(on) => set("required", on ? undefined : false)}
            />
            <IconButton
              label={`Delete ${label}`}
              icon={<Trash2 size={14} />}
              onPress={() =>
                inputs.length === 1
                  ? apply({ type: "value_set", at, value: undefined })
                  : apply({ type: "item_removed", list: at, index })
              }
            />
          </fieldset>
        );
      })}
      <div>
        <Button
          small
          onPress={() =>
            apply({ type: "item_inserted", list: at, index: inputs.length, item: { name: "", type: "text" } })
          }
        >
          <Plus size={13} aria-hidden />
          Add input
        </Button>
      </div>
    </div>
  );
}
