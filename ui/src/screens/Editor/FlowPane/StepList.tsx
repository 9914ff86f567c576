import { ClipboardPaste, Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { DropIndicator, GridList, useDragAndDrop } from "react-aria-components";
import { Button } from "@/components/Button/Button";
import { MenuButton, type MenuEntry } from "@/components/MenuButton/MenuButton";
import type { DotState } from "@/components/StatusDot/StatusDot";
import { useEditor } from "@/editor/EditorContext";
import type { Step, StepType } from "@/model/connector";
import { FLOW_STEPS, type Flow, flowSteps } from "@/model/document";
import { formatPath, isInside } from "@/model/path";
import { additionProblem, stepKind } from "@/model/stepKinds";
import { useStepActions } from "../useStepActions";
import { DeleteStepDialog } from "./DeleteStepDialog";
import styles from "./FlowPane.module.css";
import { StepCard } from "./StepCard";
import { DOT_OF } from "./stateDots";
import { StepIcon } from "./stepIcon";

interface Props {
  flow: Flow;
  label: string;
  /** What "Add step" offers. */
  kinds: readonly StepType[];
  /** The rest of it, below a heading. */
  moreKinds?: readonly StepType[];
  /** What is there instead of cards while there are none. */
  whenEmpty: ReactNode;
}

/** The steps of a flow as cards, and what adds to them. */
export function StepList({ flow, label, kinds, moreKinds = [], whenEmpty }: Props) {
  const { document, place, open, run, diagnostics } = useEditor();
  const actions = useStepActions(flow);
  const [deleting, setDeleting] = useState<Step | null>(null);
  const steps = flowSteps(document, flow);
  // An id is a card's key; a second step with the same id (a fault, told by the checker) gets one of its own.
  const keys = steps.map((step, index) =>
    steps.findIndex((one) => one.id === step.id) === index ? step.id : `${step.id}#${index}`,
  );
  const keyOf = (index: number) => keys[index] ?? "";
  const indexOfKey = (key: unknown) => keys.indexOf(String(key));

  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (dragged) => [...dragged].map((key) => ({ "text/plain": steps[indexOfKey(key)]?.id ?? "" })),
    onReorder: ({ keys: dragged, target }) => {
      const from = indexOfKey([...dragged][0]);
      const over = indexOfKey(target.key);
      const slot = target.dropPosition === "after" ? over + 1 : over;
      actions.moveTo(from, slot > from ? slot - 1 : slot);
    },
    renderDropIndicator: (target) => <DropIndicator target={target} className={styles.drop ?? ""} />,
  });

  const stateOf = (step: Step): DotState | null => {
    const entry = run.timeline.entries.findLast((one) => one.step === step.id);
    return entry ? DOT_OF[entry.state] : null;
  };
  const listPath = formatPath(FLOW_STEPS[flow]);
  const faultsOf = (index: number) =>
    diagnostics.filter((one) => one.severity === "error" && isInside(one.path, `${listPath}[${index}]`))
      .length;
  const selected = place.type === "step" ? steps.findIndex((step) => step.id === place.id) : -1;

  const addition = (type: StepType): MenuEntry => {
    const kind = stepKind(type);
    const problem = additionProblem(type, steps);
    return {
      id: type,
      label: kind.name,
      description: problem ?? kind.description,
      disabled: problem !== null,
      icon: <StepIcon type={type} />,
      onAction: () => actions.add(type),
    };
  };

  return (
    <>
      {steps.length === 0 ? (
        <div className={styles.empty}>{whenEmpty}</div>
      ) : (
        <div
          role="presentation"
          onKeyDownCapture={(event) => {
            const at = steps[selected];
            if (!at || !event.altKey || !(event.key === "ArrowUp" || event.key === "ArrowDown")) return;
            event.preventDefault();
            event.stopPropagation();
            actions.move(at, event.key === "ArrowUp" ? -1 : 1);
          }}
        >
          <GridList
            aria-label={label}
            className={styles.steps ?? ""}
            selectionMode="single"
            selectionBehavior="replace"
            selectedKeys={selected >= 0 ? [keyOf(selected)] : []}
            onSelectionChange={(chosen) => {
              const [key] = chosen === "all" ? [] : [...chosen];
              const step = key === undefined ? undefined : steps[indexOfKey(key)];
              if (step) open({ type: "step", id: step.id });
            }}
            dragAndDropHooks={dragAndDropHooks}
          >
            {steps.map((step, index) => (
              <StepCard
                key={keyOf(index)}
                itemKey={keyOf(index)}
                step={step}
                state={stateOf(step)}
                faults={faultsOf(index)}
                menu={[
                  { id: "copy", label: "Copy", onAction: () => void actions.copy(step) },
                  {
                    id: "duplicate",
                    label: "Duplicate",
                    disabled: additionProblem(step.type, [step]) !== null,
                    onAction: () => actions.duplicate(step),
                  },
                  {
                    id: "toggle",
                    label: step.disabled ? "Enable" : "Disable",
                    onAction: () => actions.toggle(step),
                  },
                  {
                    id: "up",
                    label: "Move up",
                    keys: "Alt+↑",
                    disabled: index === 0,
                    onAction: () => actions.move(step, -1),
                  },
                  {
                    id: "down",
                    label: "Move down",
                    keys: "Alt+↓",
                    disabled: index === steps.length - 1,
                    onAction: () => actions.move(step, 1),
                  },
                  { id: "delete", label: "Delete", danger: true, onAction: () => setDeleting(step) },
                ]}
              />
            ))}
          </GridList>
        </div>
      )}
      <div className={styles.buttons}>
        <MenuButton
          label="Kinds of step"
          placement="bottom start"
          entries={kinds.map(addition)}
          parts={moreKinds.length > 0 ? [{ heading: "More", entries: moreKinds.map(addition) }] : []}
        >
          <Button grow>
            <Plus size={14} aria-hidden />
            Add step
          </Button>
        </MenuButton>
        <Button onPress={() => void actions.paste()}>
          <ClipboardPaste size={14} aria-hidden />
          Paste step
        </Button>
      </div>
      {deleting ? (
        <DeleteStepDialog
          step={deleting}
          onClose={() => setDeleting(null)}
          onDelete={() => actions.remove(deleting)}
        />
      ) : null}
    </>
  );
}
