import { Toggle } from "@/components/Toggle/Toggle";
import { useEditor } from "@/editor/EditorContext";
import { SecretField } from "@/editor/SecretField/SecretField";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { Path } from "@/model/path";
import styles from "./StepForm.module.css";

interface Values {
  username?: string;
  password?: string;
}

/** Username and password, each asked for where it is left out. Serves the step and the auth method alike. */
export function BasicAuthForm({ step, at }: { step: Values; at: Path }) {
  return (
    <div className={styles.stack}>
      <Credential name="username" label="Username" value={step.username} at={at} />
      <Credential name="password" label="Password" value={step.password} at={at} />
    </div>
  );
}

function Credential({
  name,
  label,
  value,
  at,
}: {
  name: string;
  label: string;
  value: string | undefined;
  at: Path;
}) {
  const { apply } = useEditor();
  const set = (next: string | undefined) => apply({ type: "value_set", at: [...at, name], value: next });
  return (
    <div className={styles.stackTight}>
      <Toggle
        label={`Ask the person for the ${name}`}
        isSelected={value === undefined}
        onChange={(asked) => set(asked ? undefined : "")}
      />
      {value === undefined ? null : name === "password" ? (
        <SecretField label={label} at={[...at, name]} value={value} onChange={set} variable={name} />
      ) : (
        <TemplateField
          label={label}
          at={[...at, name]}
          value={value}
          onChange={set}
          placeholder={`{{ vars.${name} }}`}
        />
      )}
    </div>
  );
}
