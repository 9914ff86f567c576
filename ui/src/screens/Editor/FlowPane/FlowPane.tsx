import { ClipboardPaste, Plus, Redo2, Undo2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { DropIndicator, GridList, useDragAndDrop } from "react-aria-components";
import { Button, IconButton } from "@/components/Button/Button";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { MenuButton } from "@/components/MenuButton/MenuButton";
import type { DotState } from "@/components/StatusDot/StatusDot";
import { useEditor } from "@/editor/EditorContext";
import type { Place } from "@/editor/place";
import type { Step } from "@/model/connector";
import { authMethodName, authSteps, isMultistep } from "@/model/document";
import { isInside } from "@/model/path";
import { additionProblem, STEP_KINDS } from "@/model/stepKinds";
import type { RunEntry } from "@/run/timeline";
import { useStepActions } from "../useStepActions";
import { DeleteStepDialog } from "./DeleteStepDialog";
import styles from "./FlowPane.module.css";
import { StepCard } from "./StepCard";
import { StepIcon } from "./stepIcon";

export const DOT_OF: Record<RunEntry["state"], DotState> = {
  running: "running",
  waiting: "waiting",
  ok: "ok",
  failed: "failed",
  skipped: "skipped",
  stopped: "idle",
};

/** The left side: the auth flow as cards, and the other parts of the connector below it. */
export function FlowPane() {
  const editor = useEditor();
  const { document, place, open, run, diagnostics } = editor;
  const actions = useStepActions();
  const [deleting, setDeleting] = useState<Step | null>(null);
  const steps = authSteps(document);
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
  const faultsOf = (index: number) =>
    diagnostics.filter((one) => one.severity === "error" && isInside(one.path, `auth.steps[${index}]`))
      .length;
  const selected = place.type === "step" ? steps.findIndex((step) => step.id === place.id) : -1;

  return (
    <aside className={styles.pane} aria-label="Connector">
      <section aria-label="Auth flow">
        <div className={styles.heading}>
          <h2>Auth flow</h2>
          <span className={styles.count}>
            {isMultistep(document.auth)
              ? `${steps.length} ${steps.length === 1 ? "step" : "steps"}`
              : authMethodName(document.auth.method)}
          </span>
          <IconButton
            label="Undo"
            hint={editor.undoLabel ? `Undo: ${editor.undoLabel} (Ctrl+Z)` : "Nothing to undo"}
            icon={<Undo2 size={14} />}
            isDisabled={editor.undoLabel === null}
            onPress={editor.undo}
          />
          <IconButton
            label="Redo"
            hint={editor.redoLabel ? `Redo: ${editor.redoLabel} (Ctrl+Shift+Z)` : "Nothing to redo"}
            icon={<Redo2 size={14} />}
            isDisabled={editor.redoLabel === null}
            onPress={editor.redo}
          />
        </div>
        {isMultistep(document.auth) ? (
          <>
            {steps.length === 0 ? (
              <div className={styles.empty}>
                <EmptyState title="No steps yet">
                  Begin with a form that asks for what the login needs, then add the request that logs in.
                </EmptyState>
              </div>
            ) : (
              <div
                role="presentation"
                onKeyDownCapture={(event) => {
                  const at = place.type === "step" ? steps[selected] : undefined;
                  if (!at || !event.altKey || !(event.key === "ArrowUp" || event.key === "ArrowDown")) return;
                  event.preventDefault();
                  event.stopPropagation();
                  actions.move(at, event.key === "ArrowUp" ? -1 : 1);
                }}
              >
                <GridList
                  aria-label="Steps of the auth flow"
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
                entries={STEP_KINDS.filter((kind) => kind.creatable).map((kind) => {
                  const problem = additionProblem(kind.type, steps);
                  return {
                    id: kind.type,
                    label: kind.name,
                    description: problem ?? kind.description,
                    disabled: problem !== null,
                    icon: <StepIcon type={kind.type} />,
                    onAction: () => actions.add(kind.type),
                  };
                })}
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
          </>
        ) : (
          <Parts>
            <Part place={{ type: "auth" }} path="auth" name={authMethodName(document.auth.method)} />
          </Parts>
        )}
      </section>
      <nav className={styles.section} aria-label="Parts of the connector">
        <Parts>
          {isMultistep(document.auth) ? (
            <Part
              place={{ type: "request_parameters" }}
              path="auth.request_parameters"
              name="Request parameters"
              value={document.auth.request_parameters?.length ?? 0}
            />
          ) : null}
          <Part
            place={{ type: "test_request" }}
            path="test"
            name="Test request"
            value={
              document.test ? (
                <span className={styles.mono}>
                  {document.test.request.method} {document.test.request.url || "/"}
                </span>
              ) : (
                "none"
              )
            }
          />
          <Part
            place={{ type: "endpoints" }}
            path="endpoints"
            name="Endpoints"
            value={document.endpoints?.length ?? 0}
          />
          <Part
            place={{ type: "variables" }}
            path="variables"
            name="Variables"
            value={document.variables?.length ?? 0}
          />
          <Part place={{ type: "settings" }} path="base_url" name="Connector settings" />
        </Parts>
      </nav>
      {deleting ? (
        <DeleteStepDialog
          step={deleting}
          onClose={() => setDeleting(null)}
          onDelete={() => actions.remove(deleting)}
        />
      ) : null}
    </aside>
  );
}

function Parts({ children }: { children: ReactNode }) {
  return <ul className={styles.parts}>{children}</ul>;
}

interface PartProps {
  place: Place;
  path: string;
  name: string;
  value?: ReactNode;
}

function Part({ place, path, name, value }: PartProps) {
  const editor = useEditor();
  const isOpen =
    editor.place.type === place.type || (editor.place.type === "endpoint" && place.type === "endpoints");
  const faults = editor.diagnostics.filter(
    (one) => one.severity === "error" && isInside(one.path, path),
  ).length;
  return (
    <li>
      <button
        type="button"
        className={styles.part}
        aria-current={isOpen ? "true" : undefined}
        aria-label={faults > 0 ? `${name}, ${faults} to fix` : name}
        onClick={() => editor.open(place)}
      >
        <span className={styles.partName}>{name}</span>
        {faults > 0 ? <span className={styles.faults}>{faults}</span> : null}
        {value === undefined ? null : <span className={styles.partValue}>{value}</span>}
      </button>
    </li>
  );
}
