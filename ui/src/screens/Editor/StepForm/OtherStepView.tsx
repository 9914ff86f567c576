import { CodeField } from "@/components/CodeField/CodeField";
import { Note } from "@/components/Note/Note";
import type { OtherStep } from "@/model/connector";
import { writeJson } from "@/model/json";
import { stepKind } from "@/model/stepKinds";
import styles from "./StepForm.module.css";

/** A step of a kind that this release keeps as it is in the file, and neither edits nor runs. */
export function OtherStepView({ step }: { step: OtherStep }) {
  return (
    <div className={styles.stack}>
      <Note tone="info">
        {stepKind(step.type).name} steps cannot be edited in this release. The step stays in the file as it
        is.
      </Note>
      <CodeField label="The step as JSON" language="json" multiline value={writeJson(step, 2)} />
    </div>
  );
}
