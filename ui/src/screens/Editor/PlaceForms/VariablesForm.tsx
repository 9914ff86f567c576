import { useMutation, useQuery } from "@tanstack/react-query";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Form } from "react-aria-components";
import { KEYS, useStale } from "@/app/queries";
import { Button, IconButton } from "@/components/Button/Button";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { useNotices } from "@/components/Notices/Notices";
import { Tag } from "@/components/Tag/Tag";
import { TextInput } from "@/components/TextInput/TextInput";
import { Check } from "@/components/Toggle/Toggle";
import { useEditor } from "@/editor/EditorContext";
import { Findings } from "@/editor/Findings/Findings";
import type { Variable } from "@/model/connector";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";
import { Place } from "./Place";
import styles from "./PlaceForms.module.css";

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
    <li className={styles.variable}>
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
    </li>
  );
}

/** Whether a secret is there, and ways to set, replace and clear it. Its value never comes back here. */
function SecretValue({ name }: { name: string }) {
  const platform = usePlatform();
  const notices = useNotices();
  const stale = useStale();
  const { connectorId } = useEditor();
  const [asking, setAsking] = useState(false);
  const secrets = useQuery({
    queryKey: [...KEYS.secrets(connectorId)],
    queryFn: () => platform.secretList(connectorId),
  });
  const clear = useMutation({
    mutationFn: () => platform.secretClear(connectorId, name),
    onSuccess: () => stale(KEYS.secrets(connectorId)),
    onError: (error) => notices.fail(`“${name}” was not cleared`, error),
  });
  const isSet = secrets.data?.some((secret) => secret.name === name && secret.is_set) ?? false;
  if (name === "") return <span className={styles.muted}>Name it first, then set its value.</span>;
  return (
    <div className={styles.secret}>
      <Tag tone={isSet ? "ok" : "warn"}>{isSet ? "Set" : "Not set"}</Tag>
      <Button small onPress={() => setAsking(true)} aria-label={`${isSet ? "Replace" : "Set"} ${name}`}>
        {isSet ? "Replace" : "Set value"}
      </Button>
      {isSet ? (
        <Button small kind="quiet" onPress={() => clear.mutate()} aria-label={`Clear ${name}`}>
          Clear
        </Button>
      ) : null}
      {asking ? <SecretDialog name={name} onClose={() => setAsking(false)} /> : null}
    </div>
  );
}

function SecretDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const platform = usePlatform();
  const stale = useStale();
  const { connectorId } = useEditor();
  const [value, setValue] = useState("");
  const save = useMutation({
    mutationFn: () => platform.secretSet(connectorId, name, value),
    onSuccess: () => {
      stale(KEYS.secrets(connectorId), KEYS.status);
      onClose();
    },
  });
  const error = save.error ? toAppError(save.error) : null;
  return (
    <Dialog title={`Value of “${name}”`} isOpen onClose={onClose}>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          if (value !== "") save.mutate();
        }}
      >
        <TextInput
          label="Value"
          type="password"
          autoFocus
          value={value}
          onChange={setValue}
          description="Encrypted on this computer; not shown again."
          error={error ? [error.message, error.hint].filter(Boolean).join(" ") : null}
        />
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" isDisabled={value === "" || save.isPending}>
            Keep it
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
