import { OutputsEditor } from "@/editor/OutputsEditor/OutputsEditor";
import type { SetVariablesStep } from "@/model/connector";
import type { Path } from "@/model/path";
import styles from "./StepForm.module.css";

export function SetVariablesForm({ step, at }: { step: SetVariablesStep; at: Path }) {
  return (
    <div className={styles.stack}>
      <p className={styles.muted}>Each variable is worked out from what is there before this step.</p>
      <OutputsEditor
        at={[...at, "outputs"]}
        outputs={step.outputs ?? []}
        noun="variable"
        example="{{ login.body.token }}"
        emptyText="No variables yet."
      />
    </div>
  );
}
