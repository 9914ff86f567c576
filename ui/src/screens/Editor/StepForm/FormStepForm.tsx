import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/Button/Button";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { TextInput } from "@/components/TextInput/TextInput";
import { useEditor } from "@/editor/EditorContext";
import type { FormField, FormStep } from "@/model/connector";
import type { Path } from "@/model/path";
import { freeId } from "@/model/stepKinds";
import { FormFieldRow } from "./FormFieldRow";
import styles from "./StepForm.module.css";

export function FormStepForm({ step, at }: { step: FormStep; at: Path }) {
  const { apply } = useEditor();
  const [openField, setOpenField] = useState<number | null>(null);
  const fieldsAt = [...at, "fields"];
  const add = () => {
    const key = freeId("field", new Set(step.fields.map((field) => field.key)));
    const field: FormField = { key, label: "", type: "text" };
    apply({ type: "item_inserted", list: fieldsAt, index: step.fields.length, item: field });
    setOpenField(step.fields.length);
  };
  return (
    <div className={styles.stack}>
      <TextInput
        label="Title"
        value={step.title}
        placeholder="Sign in to Acme"
        description="What the person reads on top of the form."
        onChange={(title) => apply({ type: "value_set", at: [...at, "title"], value: title })}
      />
      <section aria-label="Fields" className={styles.stackTight}>
        <h2 className={styles.label}>Fields</h2>
        {step.fields.length === 0 ? (
          <div className={styles.dashed}>
            <EmptyState title="This form asks for nothing yet">
              Add a field for each value that the sign-in needs. Its key names the output.
            </EmptyState>
          </div>
        ) : (
          <ul className={styles.fields}>
            {step.fields.map((field, index) => (
              <FormFieldRow
                key={index}
                field={field}
                index={index}
                count={step.fields.length}
                otherKeys={new Set(step.fields.filter((_, other) => other !== index).map((one) => one.key))}
                stepId={step.id}
                at={[...fieldsAt, index]}
                isOpen={openField === index}
                onToggle={() => setOpenField(openField === index ? null : index)}
                onMove={(by) => {
                  apply({ type: "item_moved", list: fieldsAt, from: index, to: index + by });
                  if (openField === index) setOpenField(index + by);
                }}
                onDelete={() => {
                  apply({ type: "item_removed", list: fieldsAt, index });
                  setOpenField(null);
                }}
              />
            ))}
          </ul>
        )}
        <div>
          <Button small onPress={add}>
            <Plus size={13} aria-hidden />
            Add field
          </Button>
        </div>
      </section>
    </div>
  );
}
