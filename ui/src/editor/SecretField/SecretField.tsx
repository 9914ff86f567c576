import { KeyRound } from "lucide-react";
import { Button } from "@/components/Button/Button";
import type { Variable } from "@/model/connector";
import { formatPath, type Path } from "@/model/path";
import { freeId } from "@/model/stepKinds";
import { expressionOf, singleExpression, templateParts } from "@/model/template";
import { useEditor } from "../EditorContext";
import { useFindings } from "../faults";
import { SecretValue } from "../SecretValue/SecretValue";
import { TemplateField } from "../TemplateField/TemplateField";
import styles from "./SecretField.module.css";

interface Props {
  label: string;
  at: Path;
  value: string;
  onChange: (value: string) => void;
  /** What the secret variable is called where there is none yet. */
  variable: string;
  /** What is to be known while it is empty. That it is empty, and is better a variable, the checker says. */
  description?: string;
  /** Requests are right without it too. */
  isOptional?: boolean;
}

/** The variable that a template is: all of it, and by its name. */
function variableOf(value: string): string | null {
  return /^vars\.(\w+)$/.exec(singleExpression(value) ?? "")?.[1] ?? null;
}

/** A template that should be a secret variable: one click makes it one, and its value is set in place. */
export function SecretField({
  label,
  at,
  value,
  onChange,
  variable,
  description,
  isOptional = false,
}: Props) {
  const { document, apply } = useEditor();
  const variables = document.variables ?? [];
  const name = variableOf(value);
  const named = variables.find((one) => one.name === name);
  const isWritten = value !== "" && templateParts(value).every((part) => part.kind === "text");
  const isMissing = name !== null && named === undefined;
  const add = (item: Variable) =>
    ({ type: "item_inserted", list: ["variables"], index: variables.length, item }) as const;
  const useVariable = () => {
    if (isMissing) return apply(add({ name, secret: true }));
    const known = variables.find((one) => one.secret && one.name === variable);
    const chosen = known?.name ?? freeId(variable, new Set(variables.map((one) => one.name)));
    const edit = { type: "value_set" as const, at, value: expressionOf(`vars.${chosen}`) };
    if (known) apply(edit);
    else apply(add({ name: chosen, secret: true }), edit);
  };
  // The checker says the same of what it knows to be secret.
  const isTold = useFindings(formatPath(at)).length > 0;
  const words = isWritten
    ? isTold
      ? null
      : "Written here it is in the file, for everyone to read: use a secret variable."
    : value === ""
      ? description
      : null;
  return (
    <div className={styles.field}>
      <TemplateField
        label={label}
        at={at}
        value={value}
        onChange={onChange}
        placeholder={isOptional ? "Left out" : "Nothing yet"}
        {...(words ? { description: words } : {})}
      />
      {named?.secret ? (
        <SecretValue name={named.name} />
      ) : value === "" || isWritten || isMissing ? (
        <div>
          <Button small onPress={useVariable}>
            <KeyRound size={13} aria-hidden />
            Use a secret variable
          </Button>
        </div>
      ) : null}
    </div>
  );
}
