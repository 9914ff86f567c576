import { useQuery } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { KEYS } from "@/app/queries";
import { Button, IconButton } from "@/components/Button/Button";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { Note } from "@/components/Note/Note";
import { TextInput } from "@/components/TextInput/TextInput";
import { Check } from "@/components/Toggle/Toggle";
import { useEditor } from "@/editor/EditorContext";
import { Findings } from "@/editor/Findings/Findings";
import { Place } from "@/editor/PlaceForm/Place";
import styles from "@/editor/PlaceForm/PlaceForm.module.css";
import { SecretValue } from "@/editor/SecretValue/SecretValue";
import type { Variable } from "@/model/connector";
import { usePlatform } from "@/platform/PlatformContext";

const AT = ["variables"] as const;

export function VariablesForm() {
  const { document, apply } = useEditor();
  const variables = document.variables ?? [];
  const add = (secret: boolean) =>
    apply({
      type: "item_inserted",
      list: AT,
      index: variables.length,
      item: secret ? { name: "", secret: true } : { name: "", value: "" },
    });
  return (
    <Place
      title="Variables"
      about="Values that templates use as {{ vars.name }}. A secret one is kept encrypted on this computer and is never in the file."
      actions={
        <>
          <Button onPress={() => add(true)}>Add secret</Button>
          <Button onPress={() => add(false)}>
            <Plus size={14} aria-hidden />
            Add variable
          </Button>
        </>
      }
    >
      <StillToFillIn variables={variables} />
      {variables.length === 0 ? (
        <EmptyState title="No variables yet">
          Good for what differs from one person or place to the next: a client id, a region, an API key.
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

/** Which variables have no value yet: a sign-in would fail where it needs one. */
function StillToFillIn({ variables }: { variables: readonly Variable[] }) {
  const platform = usePlatform();
  const { connectorId } = useEditor();
  const secrets = useQuery({
    queryKey: [...KEYS.secrets(connectorId)],
    queryFn: () => platform.secretList(connectorId),
  });
  const isSet = (name: string) => secrets.data?.some((secret) => secret.name === name && secret.is_set);
  const open = variables.filter((variable) =>
    variable.secret ? secrets.isSuccess && !isSet(variable.name) : (variable.value ?? "") === "",
  );
  const names = open.map((variable) => variable.name).filter((name) => name !== "");
  return names.length > 0 ? (
    <Note tone="info" role="status">
      Still to be filled in: {names.join(", ")}.
    </Note>
  ) : null;
}

function VariableRow({
  variable,
  index,
  all,
}: {
  variable: Variable;
  index: number;
  all: readonly Variable[];
}) {
  const { apply } = useEditor();
  const label = variable.name || `variable ${index + 1}`;
  const set = (member: string, value: unknown) =>
    apply({ type: "value_set", at: [...AT, index, member], value });
  const isTaken = all.some(
    (other, at) => at !== index && other.name === variable.name && variable.name !== "",
  );
  const isName = variable.name === "" || /^[A-Za-z_][A-Za-z0-9_]*$/.test(variable.name);
  return (
    <li>
      <div className={styles.variable}>
        <TextInput
          label={`Name of ${label}`}
          labelHidden
          mono
          placeholder="name"
          autoFocus={variable.name === ""}
          value={variable.name}
          onChange={(name) => set("name", name)}
          error={isTaken ? "Another variable has this name." : isName ? null : "Letters, digits and _ only."}
        />
        {variable.secret ? (
          <SecretValue name={variable.name} />
        ) : (
          <TextInput
            label={`Value of ${label}`}
            labelHidden
            mono
            placeholder="value"
            value={variable.value ?? ""}
            onChange={(value) => set("value", value)}
          />
        )}
        <Check
          label="Secret"
          isSelected={variable.secret === true}
          onChange={(on) => {
            // A value that was readable in the file is no secret any more: it is taken out and asked for anew.
            const { value: _value, secret: _secret, ...rest } = variable;
            const next = on ? { ...rest, secret: true } : { ...rest, value: "" };
            apply({ type: "value_set", at: [...AT, index], value: next });
          }}
        />
        <IconButton
          label={`Delete ${label}`}
          icon={<Trash2 size={14} />}
          onPress={() => apply({ type: "item_removed", list: AT, index })}
        />
      </div>
      {variable.description ? <p className={styles.variableAbout}>{variable.description}</p> : null}
    </li>
  );
}
