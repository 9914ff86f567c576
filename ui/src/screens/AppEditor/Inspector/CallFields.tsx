import { useState } from "react";
import { Button } from "@/components/Button/Button";
import { type Choice, SelectInput } from "@/components/SelectInput/SelectInput";
import { FieldFindings } from "@/editor/Findings/FieldFindings";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import { formatPath, type Path } from "@/model/path";
import type { BindableInput } from "@/platform/wire";
import { useAppEditor } from "../AppEditorContext";
import { bindableOf, connectorTitle, endpointOf } from "../bindable";
import { AddAppConnector } from "../Places/AddAppConnector";
import styles from "./Inspector.module.css";

interface Call {
  connector: string;
  endpoint: string;
  inputs?: Record<string, string>;
}

interface Props {
  call: Call;
  at: Path;
  /** Beside the connectors: nothing at all, where that can be chosen. */
  none?: { label: string; onChoose: () => void };
}

const NONE = "";

/** Which endpoint of which connector, and with what. */
export function CallFields({ call, at, none }: Props) {
  const { app, apply, library } = useAppEditor();
  const connectors = app.connectors ?? [];
  const used = connectors.find((one) => one.id === call.connector);
  const bound = used ? bindableOf(used, library) : null;
  const endpoint = endpointOf(app, library, call.connector, call.endpoint);

  const choices: Choice<string>[] = [
    ...(none ? [{ value: NONE, label: none.label }] : []),
    ...connectors.map((one) => ({
      value: one.id,
      label: one.id,
      description: connectorTitle(one, library),
    })),
    ...(call.connector && !used
      ? [{ value: call.connector, label: `${call.connector} (not in the app)` }]
      : []),
  ];
  const endpoints: Choice<string>[] = [
    ...(bound?.endpoints ?? []).map((one) => ({
      value: one.id,
      label: one.name,
      description: `${one.method} · ${one.id}`,
    })),
    ...(call.endpoint && !endpoint
      ? [{ value: call.endpoint, label: `${call.endpoint}${bound ? " (not there)" : ""}` }]
      : []),
  ];
  const setConnector = (connector: string) => {
    if (connector === NONE) none?.onChoose();
    // Endpoint and inputs are another connector's.
    else if (connector !== call.connector) {
      const { inputs: _inputs, ...rest } = call;
      apply({ type: "value_set", at, value: { ...rest, connector, endpoint: "" } });
    }
  };
  return (
    <>
      <div data-path={formatPath([...at, "connector"])}>
        {connectors.length === 0 && !call.connector ? (
          <NoConnectors onAdded={(id) => setConnector(id)} />
        ) : (
          <SelectInput
            label="Connector"
            value={call.connector === "" && !none ? null : call.connector}
            choices={choices}
            onChange={setConnector}
          />
        )}
        <FieldFindings at={[...at, "connector"]} />
      </div>
      {call.connector ? (
        <div data-path={formatPath([...at, "endpoint"])}>
          <SelectInput
            label="Endpoint"
            value={call.endpoint || null}
            choices={endpoints}
            placeholder={endpoints.length === 0 ? "It has none" : "Choose an endpoint"}
            isDisabled={endpoints.length === 0}
            onChange={(id) => apply({ type: "value_set", at: [...at, "endpoint"], value: id })}
          />
          <FieldFindings at={[...at, "endpoint"]} />
        </div>
      ) : null}
      <Inputs call={call} at={[...at, "inputs"]} known={endpoint?.inputs ?? null} />
    </>
  );
}

function NoConnectors({ onAdded }: { onAdded: (id: string) => void }) {
  const [adding, setAdding] = useState(false);
  return (
    <div className={styles.stack}>
      <p className={styles.muted}>This app has no connector yet. What it shows comes out of connectors.</p>
      <div>
        <Button small onPress={() => setAdding(true)}>
          Add a connector
        </Button>
      </div>
      {adding ? <AddAppConnector onClose={() => setAdding(false)} onAdded={onAdded} /> : null}
    </div>
  );
}

const TYPE_WORDS: Record<string, string> = { number: "a number", boolean: "true or false", json: "JSON" };

function inputWords(input: BindableInput | null): string {
  return input ? (TYPE_WORDS[input.type] ?? "") : "The endpoint has no such input.";
}

/** The inputs that the endpoint has, and those of the file that it has not. */
function Inputs({ call, at, known }: { call: Call; at: Path; known: readonly BindableInput[] | null }) {
  const { apply } = useAppEditor();
  const given = call.inputs ?? {};
  const others = Object.keys(given).filter((name) => !known?.some((input) => input.name === name));
  const all: { name: string; input: BindableInput | null }[] = [
    ...(known ?? []).map((input) => ({ name: input.name, input })),
    ...others.map((name) => ({ name, input: null })),
  ];
  const set = (name: string, value: string) => {
    const { [name]: _old, ...rest } = given;
    const next = value === "" ? rest : { ...given, [name]: value };
    const isLast = Object.keys(next).length === 0;
    if (isLast) apply({ type: "value_set", at, value: undefined, typing: true });
    else apply({ type: "value_set", at: [...at, name], value: value === "" ? undefined : value });
  };
  return (
    <div className={styles.inputs} data-path={formatPath(at)}>
      {all.map(({ name, input }) => (
        <TemplateField
          key={name}
          label={input?.required ? `${name} (required)` : name}
          at={[...at, name]}
          value={given[name] ?? ""}
          placeholder={input?.required ? "Needed by the endpoint" : "Left out"}
          description={known === null ? "" : inputWords(input)}
          onChange={(value) => set(name, value)}
        />
      ))}
      <FieldFindings at={at} isOwn />
    </div>
  );
}
