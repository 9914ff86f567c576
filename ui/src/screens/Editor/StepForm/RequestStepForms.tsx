import { useEditor } from "@/editor/EditorContext";
import { OutputsEditor } from "@/editor/OutputsEditor/OutputsEditor";
import { NumberSetting } from "@/editor/RequestEditor/NumberSetting";
import { type ExtraTab, RequestEditor } from "@/editor/RequestEditor/RequestEditor";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { ApiRequestStep, PollStep, Success } from "@/model/connector";
import { formatPath, type Path } from "@/model/path";
import { StatusesField } from "./StatusesField";
import styles from "./StepForm.module.css";

function outputsTab(step: ApiRequestStep | PollStep, at: Path): ExtraTab {
  return {
    id: "outputs",
    label: "Outputs",
    count: step.outputs?.length ?? 0,
    paths: [`${formatPath(at)}.outputs`],
    content: (
      <OutputsEditor
        at={[...at, "outputs"]}
        outputs={step.outputs ?? []}
        emptyText="body, headers, status and cookies are there by themselves. Add your own to name a part of the answer, such as {{ body.data.token }}."
      />
    ),
  };
}

export function ApiRequestForm({ step, at }: { step: ApiRequestStep; at: Path }) {
  return (
    <RequestEditor
      key={step.id}
      request={step.request}
      at={[...at, "request"]}
      extraTabs={[
        {
          id: "success",
          label: "Success",
          count: (step.success?.statuses?.length ? 1 : 0) + (step.success?.when ? 1 : 0),
          paths: [`${formatPath(at)}.success`],
          content: <SuccessFields success={step.success ?? {}} at={[...at, "success"]} />,
        },
        outputsTab(step, at),
      ]}
    />
  );
}

/** Which answers count as success; a rule that says nothing is left out of the file. */
function SuccessFields({ success, at }: { success: Success; at: Path }) {
  const { apply } = useEditor();
  const set = (next: Success) => {
    const isEmpty = next.statuses === undefined && next.when === undefined;
    apply({ type: "value_set", at, value: isEmpty ? undefined : next, typing: true });
  };
  return (
    <div className={styles.about}>
      <StatusesField
        label="Counts as success"
        statuses={success.statuses}
        onChange={(statuses) => {
          const { statuses: _old, ...rest } = success;
          set(statuses === undefined ? rest : { ...rest, statuses });
        }}
      />
      <TemplateField
        label="And only when"
        at={[...at, "when"]}
        value={success.when ?? ""}
        placeholder="{{ body.token is defined }}"
        description="A condition on the answer at hand: body, headers, status, cookies."
        onChange={(when) => {
          const { when: _old, ...rest } = success;
          set(when === "" ? rest : { ...rest, when });
        }}
      />
    </div>
  );
}

export function PollForm({ step, at }: { step: PollStep; at: Path }) {
  const { apply } = useEditor();
  const set = (member: string, value: unknown) => apply({ type: "value_set", at: [...at, member], value });
  return (
    <div className={styles.stack}>
      <RequestEditor
        key={step.id}
        request={step.request}
        at={[...at, "request"]}
        extraTabs={[outputsTab(step, at)]}
      />
      <TemplateField
        label="Until"
        at={[...at, "until"]}
        value={step.until}
        onChange={(until) => set("until", until)}
        placeholder="{{ body.status == 'done' }}"
        description="The request is sent again until this is true of its answer."
      />
      <div className={styles.about}>
        <NumberSetting
          label="Every how many seconds"
          value={step.every_seconds}
          placeholder="5"
          onChange={(seconds) => set("every_seconds", seconds)}
        />
        <NumberSetting
          label="Give up after seconds"
          value={step.timeout_seconds}
          placeholder="300"
          onChange={(seconds) => set("timeout_seconds", seconds)}
        />
      </div>
    </div>
  );
}
