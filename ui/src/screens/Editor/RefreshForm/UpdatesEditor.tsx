import { ArrowLeft, Plus, Trash2 } from "lucide-react";
import { Button, IconButton } from "@/components/Button/Button";
import { ComboInput } from "@/components/ComboInput/ComboInput";
import { useEditor } from "@/editor/EditorContext";
import { FieldFindings } from "@/editor/Findings/FieldFindings";
import { useFindings } from "@/editor/faults";
import placeStyles from "@/editor/PlaceForm/PlaceForm.module.css";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { Update } from "@/model/connector";
import { formatPath, type Path } from "@/model/path";
import { UPDATES, updateTargets } from "@/model/refresh";
import { singleExpression } from "@/model/template";
import styles from "./RefreshForm.module.css";

/** Which outputs of the auth flow take new values, and where from. */
export function UpdatesEditor({ updates }: { updates: readonly Update[] }) {
  const { document, apply, run } = useEditor();
  const targets = updateTargets(
    document,
    (step) => run.timeline.entries.findLast((entry) => entry.step === step.id)?.outputs,
  );
  const add = () =>
    apply({ type: "item_inserted", list: UPDATES, index: updates.length, item: { target: "", value: "" } });
  const remove = (index: number) =>
    updates.length === 1
      ? apply({ type: "value_set", at: UPDATES, value: undefined })
      : apply({ type: "item_removed", list: UPDATES, index });
  return (
    <section className={placeStyles.group} aria-label="Updates">
      <h2 className={placeStyles.heading}>Updates</h2>
      <p className={placeStyles.muted}>
        An output of the auth flow takes its new value from the refresh flow. All of them do, or none.
      </p>
      {updates.length > 0 ? (
        <ul className={placeStyles.rows}>
          {updates.map((update, index) => (
            <UpdateRow
              key={index}
              update={update}
              number={index + 1}
              at={[...UPDATES, index]}
              targets={targets}
              onRemove={() => remove(index)}
            />
          ))}
        </ul>
      ) : null}
      <div>
        <Button small onPress={add}>
          <Plus size={13} aria-hidden />
          Add update
        </Button>
      </div>
    </section>
  );
}

interface RowProps {
  update: Update;
  number: number;
  at: Path;
  targets: readonly string[];
  onRemove: () => void;
}

function UpdateRow({ update, number, at, targets, onRemove }: RowProps) {
  const { apply, lastField } = useEditor();
  const targetAt = [...at, "target"];
  const isInvalid = useFindings(formatPath(targetAt)).some((finding) => finding.severity === "error");
  const setTarget = (target: string) => apply({ type: "value_set", at: targetAt, value: target });
  return (
    <li className={styles.update}>
      <div data-path={formatPath(targetAt)}>
        <ComboInput
          label={`Target of update ${number}`}
          labelHidden
          value={update.target}
          choices={targets}
          onChange={setTarget}
          placeholder="login.body.token"
          isInvalid={isInvalid}
          onFocus={() => {
            // A click in the outputs tree gives an expression; a target is the path in it.
            lastField.current = { insert: (expression) => setTarget(singleExpression(expression) ?? "") };
          }}
        />
        <FieldFindings at={targetAt} />
      </div>
      <ArrowLeft className={styles.arrow} size={14} role="img" aria-label="takes its value from" />
      <TemplateField
        label={`Value of update ${number}`}
        labelHidden
        at={[...at, "value"]}
        value={update.value}
        onChange={(value) => apply({ type: "value_set", at: [...at, "value"], value })}
        placeholder="{{ renew.body.token }}"
      />
      <IconButton label={`Delete update ${number}`} icon={<Trash2 size={14} />} onPress={onRemove} />
    </li>
  );
}
