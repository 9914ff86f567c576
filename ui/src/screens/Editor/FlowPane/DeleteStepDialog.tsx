import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { ConfirmDialog } from "@/components/ConfirmDialog/ConfirmDialog";
import { useEditor } from "@/editor/EditorContext";
import type { Step } from "@/model/connector";
import { stepTitle } from "@/model/stepKinds";
import { usePlatform } from "@/platform/PlatformContext";
import styles from "./FlowPane.module.css";

interface Props {
  step: Step;
  onClose: () => void;
  onDelete: () => void;
}

/** Deletes at once where nothing uses the step; otherwise shows first what would break. */
export function DeleteStepDialog({ step, onClose, onDelete }: Props) {
  const platform = usePlatform();
  const { documentText } = useEditor();
  const text = useRef(documentText());
  const references = useQuery({
    queryKey: ["step_references", step.id, text.current],
    queryFn: () => platform.stepReferences(text.current, step.id),
    gcTime: 0,
  });
  const broken = references.data ?? [];
  const done = useRef(false);
  // A question that nobody could answer does not stand in the way: undo is there.
  const isFree = (references.isSuccess && broken.length === 0) || references.isError;
  useEffect(() => {
    if (!isFree || done.current) return;
    done.current = true;
    onDelete();
    onClose();
  }, [isFree, onDelete, onClose]);
  return (
    <ConfirmDialog
      title={`Delete “${stepTitle(step)}”?`}
      isOpen={broken.length > 0}
      onClose={onClose}
      onConfirm={onDelete}
      confirmLabel="Delete anyway"
      cancelLabel="Keep it"
      danger
    >
      <p>
        {broken.length === 1 ? "One expression uses" : `${broken.length} expressions use`} its outputs and
        will not work any more:
      </p>
      <ul className={styles.references}>
        {broken.slice(0, 12).map((reference) => (
          <li key={`${reference.path} ${reference.expression}`}>
            <code>{reference.expression}</code>
            <span>{reference.path}</span>
          </li>
        ))}
      </ul>
      {broken.length > 12 ? <p>and {broken.length - 12} more.</p> : null}
    </ConfirmDialog>
  );
}
