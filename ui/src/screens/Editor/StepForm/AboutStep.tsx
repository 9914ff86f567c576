import { useNotices } from "@/components/Notices/Notices";
import { Pill } from "@/components/Tag/Tag";
import { TextInput } from "@/components/TextInput/TextInput";
import { useEditor } from "@/editor/EditorContext";
import { IdField, renamedWords } from "@/editor/IdField/IdField";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { Step } from "@/model/connector";
import { readDocument, stepIds } from "@/model/document";
import type { Path } from "@/model/path";
import { stepIdProblem, stepOutputs, stepTitle } from "@/model/stepKinds";
import { usePlatform } from "@/platform/PlatformContext";
import styles from "./StepForm.module.css";

/** What every step has: a label, an id, a condition, and the outputs it leaves. */
export function AboutStep({ step, at }: { step: Step; at: Path }) {
  const { apply } = useEditor();
  const outputs = stepOutputs(step);
  const set = (member: string, value: string) =>
    apply({ type: "value_set", at: [...at, member], value: value === "" ? undefined : value });
  return (
    <>
      <div className={styles.about}>
        <TextInput
          label="Label"
          value={step.label ?? ""}
          placeholder={stepTitle({ ...step, label: "" })}
          onChange={(label) => set("label", label)}
        />
        <StepIdField step={step} />
        <div className={styles.wide}>
          <TemplateField
            label="Only when"
            at={[...at, "when"]}
            value={step.when ?? ""}
            onChange={(when) => set("when", when)}
            placeholder="Always"
            description="Where this is false the step is skipped and leaves no outputs."
          />
        </div>
      </div>
      <section aria-label="Outputs" className={styles.outputs}>
        <h2 className={styles.label}>Outputs</h2>
        {outputs.length === 0 ? (
          <p className={styles.muted}>None yet.</p>
        ) : (
          <p className={styles.pills}>
            {outputs.map((output) => (
              <Pill key={output}>
                {step.id}.{output}
              </Pill>
            ))}
            <span className={styles.muted}>use them in any later step</span>
          </p>
        )}
      </section>
    </>
  );
}

function StepIdField({ step }: { step: Step }) {
  const platform = usePlatform();
  const notices = useNotices();
  const { document, documentText, apply, open } = useEditor();
  const taken = stepIds(document);
  taken.delete(step.id);

  const rename = async (id: string) => {
    try {
      const renamed = await platform.stepRename(documentText(), step.id, id);
      apply({ type: "document_replaced", document: readDocument(renamed.document), reason: "rename" });
      open({ type: "step", id });
      notices.tell(renamedWords("step", id, renamed.changed));
    } catch (cause) {
      notices.fail("The step was not renamed", cause);
      throw cause;
    }
  };

  return (
    <IdField
      id={step.id}
      problemOf={(id) => stepIdProblem(id, taken)}
      description="Renaming it rewrites every reference."
      rename={rename}
    />
  );
}
