/** What can be done with the steps of a flow, by menu, key or button alike. */
import { useNotices } from "@/components/Notices/Notices";
import { useEditor } from "@/editor/EditorContext";
import type { Step, StepType } from "@/model/connector";
import { FLOW_STEPS, type Flow, flowSteps, isMultistep, newAuth, stepIds } from "@/model/document";
import { parseJson, writeJson } from "@/model/json";
import { freeId, newStep, stepTitle } from "@/model/stepKinds";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";

export interface StepActions {
  add: (type: StepType) => void;
  paste: () => Promise<void>;
  copy: (step: Step) => Promise<void>;
  duplicate: (step: Step) => void;
  toggle: (step: Step) => void;
  moveTo: (from: number, to: number) => void;
  remove: (step: Step) => void;
}

export function useStepActions(flow: Flow): StepActions {
  const platform = usePlatform();
  const notices = useNotices();
  const { document, documentText, apply, open, place } = useEditor();
  const list = FLOW_STEPS[flow];
  const steps = flowSteps(document, flow);
  const indexOf = (step: Step) => steps.findIndex((one) => one.id === step.id);

  /** Behind the step that is open, else at the end. */
  const insertAt = (): number => {
    const at = place.type === "step" ? steps.findIndex((one) => one.id === place.id) : -1;
    return at < 0 ? steps.length : at + 1;
  };
  const insert = (step: Step, index: number) => {
    if (isMultistep(document.auth)) apply({ type: "item_inserted", list, index, item: step });
    else apply({ type: "value_set", at: ["auth"], value: { ...newAuth("multistep"), steps: [step] } });
    open({ type: "step", id: step.id });
  };

  return {
    add: (type) => insert(newStep(type, stepIds(document), flow), insertAt()),
    paste: async () => {
      try {
        const parsed = await platform.stepParse(documentText(), await platform.clipboardRead(), flow);
        const step = parseJson(parsed.step) as Step;
        insert(step, insertAt());
        const from = parsed.from === "curl" ? " from a cURL command" : "";
        notices.tell([`“${stepTitle(step)}” was pasted${from}.`, ...parsed.notes].join(" "));
      } catch (cause) {
        notices.fail("No step was pasted", cause);
      }
    },
    copy: async (step) => {
      try {
        await platform.clipboardWrite(writeJson({ format: "latchwork.step/1", step }, 2));
        notices.tell(`“${stepTitle(step)}” was copied.`);
      } catch (cause) {
        notices.fail("The step was not copied", toAppError(cause));
      }
    },
    duplicate: (step) => {
      const copy = { ...step, id: freeId(step.id, stepIds(document)) };
      insert(copy, indexOf(step) + 1);
    },
    toggle: (step) =>
      apply({
        type: "value_set",
        at: [...list, indexOf(step), "disabled"],
        value: step.disabled ? undefined : true,
      }),
    moveTo: (from, to) => apply({ type: "item_moved", list, from, to }),
    remove: (step) => {
      const index = indexOf(step);
      const next = steps[index + 1] ?? steps[index - 1];
      apply({ type: "item_removed", list, index });
      if (place.type === "step" && place.id === step.id) {
        open(next ? { type: "step", id: next.id } : { type: flow });
      }
    },
  };
}
