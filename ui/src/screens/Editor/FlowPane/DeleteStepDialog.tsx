import { useRef } from "react";
import { DeleteDialog } from "@/editor/DeleteDialog/DeleteDialog";
import { useEditor } from "@/editor/EditorContext";
import type { Step } from "@/model/connector";
import { stepTitle } from "@/model/stepKinds";
import { usePlatform } from "@/platform/PlatformContext";

interface Props {
  step: Step;
  onClose: () => void;
  onDelete: () => void;
}

/** Deletes a step; shows first which expressions would break. */
export function DeleteStepDialog({ step, onClose, onDelete }: Props) {
  const platform = usePlatform();
  const { documentText } = useEditor();
  const text = useRef(documentText());
  return (
    <DeleteDialog
      title={`Delete “${stepTitle(step)}”?`}
      question={["step", step.id, text.current]}
      ask={async () => {
        const references = await platform.stepReferences(text.current, step.id);
        return references.map((one) => ({ what: one.expression, isCode: true, where: one.path }));
      }}
      intro={(count) =>
        `${count === 1 ? "One expression uses" : `${count} expressions use`} its outputs and will not work any more:`
      }
      onClose={onClose}
      onDelete={onDelete}
    />
  );
}
