import { Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "@/components/Button/Button";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { TextInput } from "@/components/TextInput/TextInput";
import { Findings } from "@/editor/Findings/Findings";
import { Place } from "@/editor/PlaceForm/Place";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { AppVariable } from "@/model/app";
import { useAppEditor } from "../AppEditorContext";
import styles from "./Places.module.css";

const AT = ["variables"] as const;

/** Values that actions set, and their values at the start. */
export function AppVariablesPlace() {
  const { app, apply } = useAppEditor();
  const variables = app.variables ?? [];
  const add = (
    <Button
      onPress={() =>
        apply({ type: "item_inserted", list: AT, index: variables.length, item: { name: "", value: "" } })
      }
    >
      <Plus size={14} aria-hidden />
      Add variable
    </Button>
  );
  return (
    <Place
      title="Variables"
      about="Values that actions set and templates use as {{ vars.name }}, on every screen. They begin anew when the app starts."
      actions={variables.length > 0 ? add : null}
    >
      {variables.length === 0 ? (
        <EmptyState title="No variables yet" actions={add}>
          Good for what one screen hands to another: a chosen id, a filter, a step of a wizard.
        </EmptyState>
      ) : (
        <ul className={styles.rows}>
          {variables.map((variable, index) => (
            <VariableRow key={index} variable={variable} index={index} all={variables} />
          ))}
        </ul>
      )}
      <Findings paths={[AT]} />
    </Place>
  );
}

interface RowProps {
  variable: AppVariable;
  index: number;
  all: readonly AppVariable[];
}

function VariableRow({ variable, index, all }: RowProps) {
  const { apply } = useAppEditor();
  const label = variable.name || `variable ${index + 1}`;
  const isTaken = all.some(
    (other, at) => at !== index && other.name === variable.name && variable.name !== "",
  );
  const isName = variable.name === "" || /^[A-Za-z_][A-Za-z0-9_]*$/.test(variable.name);
  return (
    <li className={styles.variable}>
      <TextInput
        label={`Name of ${label}`}
        labelHidden
        mono
        placeholder="name"
        autoFocus={variable.name === ""}
        value={variable.name}
        onChange={(name) => apply({ type: "value_set", at: [...AT, index, "name"], value: name })}
        error={isTaken ? "Another variable has this name." : isName ? null : "Letters, digits and _ only."}
      />
      <TemplateField
        label={`Value of ${label} at the start`}
        labelHidden
        placeholder="empty"
        at={[...AT, index, "value"]}
        value={variable.value ?? ""}
        onChange={(value) => apply({ type: "value_set", at: [...AT, index, "value"], value })}
      />
      <IconButton
        label={`Delete ${label}`}
        icon={<Trash2 size={14} />}
        onPress={() =>
          all.length === 1
            ? apply({ type: "value_set", at: AT, value: undefined })
            : apply({ type: "item_removed", list: AT, index })
        }
      />
    </li>
  );
}
