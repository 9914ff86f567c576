import { ClipboardPaste, Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/Button/Button";
import { MenuButton, type MenuEntry } from "@/components/MenuButton/MenuButton";
import { type DotState, StatusDot } from "@/components/StatusDot/StatusDot";
import { Tag } from "@/components/Tag/Tag";
import { type Card, CardList } from "@/editor/CardList/CardList";
import { useEditor } from "@/editor/EditorContext";
import { SideButtons, SideEmpty } from "@/editor/SidePane/SidePane";
import type { Step, StepType } from "@/model/connector";
import { FLOW_STEPS, type Flow, flowSteps } from "@/model/document";
import { formatPath, isInside } from "@/model/path";
import { additionProblem, stepKind, stepSummary, stepTitle } from "@/model/stepKinds";
import { useStepActions } from "../useStepActions";
import { DeleteStepDialog } from "./DeleteStepDialog";
import styles from "./FlowPane.module.css";
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
  whenEmpty: string;
}

/** The steps of a flow as cards, and what adds to them. */
export function StepList({ flow, label, kinds, moreKinds = [], whenEmpty }: Props) {
  const { document, place, open, run, startRun, diagnostics } = useEditor();
  const actions = useStepActions(flow);
  const [deleting, setDeleting] = useState<Step | null>(null);
  const steps = flowSteps(document, flow);
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

  const card = (step: Step, index: number): Card => {
    const state = stateOf(step);
    return {
      id: step.id,
      testId: `step-${step.id}`,
      title: stepTitle(step),
      summary: `${step.id} · ${stepSummary(step)}`,
      icon: <StepIcon type={step.type} />,
      isDisabled: step.disabled === true,
      faults: faultsOf(index),
      aside: step.disabled ? <Tag>off</Tag> : state ? <StatusDot state={state} /> : null,
      menu: [
        ...(flow === "auth" && !step.disabled
          ? [
              {
                id: "run",
                label: "Run this step",
                disabled: run.isRunning,
                onAction: () => startRun({ type: "step", step: step.id }),
              },
              {
                id: "run_from",
                label: "Run from here",
                disabled: run.isRunning,
                onAction: () => startRun({ type: "from_step", step: step.id }),
              },
            ]
          : []),
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
          onAction: () => actions.moveTo(index, index - 1),
        },
        {
          id: "down",
          label: "Move down",
          keys: "Alt+↓",
          disabled: index === steps.length - 1,
          onAction: () => actions.moveTo(index, index + 1),
        },
        { id: "delete", label: "Delete", danger: true, onAction: () => setDeleting(step) },
      ],
    };
  };

  return (
    <>
      {steps.length === 0 ? (
        <SideEmpty>
          <p className={styles.none}>{whenEmpty}</p>
        </SideEmpty>
      ) : (
        <CardList
          label={label}
          isOrdered
          cards={steps.map(card)}
          selected={selected}
          onSelect={(index) => {
            const step = steps[index];
            if (step) open({ type: "step", id: step.id });
          }}
          onMove={actions.moveTo}
        />
      )}
      <SideButtons>
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
      </SideButtons>
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
