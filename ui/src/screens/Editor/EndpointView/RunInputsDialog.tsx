import { useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "@/components/Button/Button";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";
import { TextInput } from "@/components/TextInput/TextInput";
import { Check } from "@/components/Toggle/Toggle";
import type { Endpoint, EndpointInput } from "@/model/connector";
import { tryParseJson } from "@/model/json";
import styles from "./EndpointView.module.css";
import { inputText } from "./InputsEditor";

interface Props {
  endpoint: Endpoint;
  onClose: () => void;
  onRun: (values: Record<string, string>) => void;
}

export function inputProblem(input: EndpointInput, text: string): string | null {
  if (input.type === "boolean") return null;
  if (text === "") return input.required === false ? null : "This input is needed.";
  if (input.type === "number" && !/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return "This is not a number.";
  if (input.type === "json" && tryParseJson(text) === undefined) return "This is not JSON.";
  return null;
}

function initialText(input: EndpointInput): string {
  const text = inputText(input.default);
  return text === "" && input.type === "boolean" ? "false" : text;
}

/** What was last given, so that running an endpoint again is one key. */
const lastValues = new Map<string, Record<string, string>>();

/** Asks for an endpoint's inputs before it runs. */
export function RunInputsDialog({ endpoint, onClose, onRun }: Props) {
  const inputs = endpoint.inputs ?? [];
  const kept = lastValues.get(endpoint.id) ?? {};
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(inputs.map((input) => [input.name, kept[input.name] ?? initialText(input)])),
  );
  const [asked, setAsked] = useState(false);
  const problems = inputs.map((input) => inputProblem(input, values[input.name] ?? ""));
  const set = (name: string, value: string) => setValues((all) => ({ ...all, [name]: value }));
  return (
    <Dialog title={`Run “${endpoint.name || endpoint.id}”`} isOpen onClose={onClose} testId="inputs-modal">
      <Form
        className={styles.inputs ?? ""}
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (problems.some((problem) => problem !== null)) return;
          lastValues.set(endpoint.id, values);
          onRun(Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "")));
        }}
      >
        {inputs.map((input, index) =>
          input.type === "boolean" ? (
            <Check
              key={input.name}
              label={input.name}
              isSelected={values[input.name] === "true"}
              onChange={(on) => set(input.name, String(on))}
            />
          ) : (
            <TextInput
              key={input.name}
              label={input.name}
              autoFocus={index === 0}
              mono={input.type === "json"}
              value={values[input.name] ?? ""}
              onChange={(value) => set(input.name, value)}
              description={input.required === false ? "Optional" : ""}
              error={asked ? (problems[index] ?? null) : null}
            />
          ),
        )}
        <DialogActions>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" type="submit">
            Run
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
