import { ArrowLeft, Ellipsis, Play } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button, IconButton } from "@/components/Button/Button";
import { MenuButton } from "@/components/MenuButton/MenuButton";
import { TextInput } from "@/components/TextInput/TextInput";
import { useEditor } from "@/editor/EditorContext";
import { Findings } from "@/editor/Findings/Findings";
import { Place } from "@/editor/PlaceForm/Place";
import { RequestEditor } from "@/editor/RequestEditor/RequestEditor";
import type { Endpoint } from "@/model/connector";
import { freeId } from "@/model/stepKinds";
import { isOwnCall } from "@/run/timeline";
import { AnswerView, FailureNote } from "../RunPanel/AnswerView";
import styles from "./EndpointView.module.css";
import { InputsEditor } from "./InputsEditor";
import { RunInputsDialog } from "./RunInputsDialog";

export function EndpointView({ index }: { index: number }) {
  const { document, apply, open, run, startRun } = useEditor();
  const [asking, setAsking] = useState(false);
  const endpoints = document.endpoints ?? [];
  const endpoint = endpoints[index];
  const what = run.timeline.what;
  const isMine = what?.type === "endpoint" && what.endpoint_id === endpoint?.id;
  const answer = isMine ? run.timeline.entries.findLast(isOwnCall) : undefined;
  const section = useRef<HTMLElement>(null);
  const answered = answer ? run.timeline.run : null;
  const seen = useRef(answered);
  useEffect(() => {
    if (answered === null || answered === seen.current) return;
    seen.current = answered;
    // In a low window the answer stands below what is in sight, and the person would see nothing happen.
    section.current?.scrollIntoView({ block: "nearest" });
  }, [answered]);
  if (!endpoint) return null;
  const at = ["endpoints", index];
  const inputs = endpoint.inputs ?? [];
  const start = (values: Record<string, string>) =>
    startRun({ type: "endpoint", endpoint_id: endpoint.id, inputs: values });

  return (
    <Place
      title={endpoint.name || endpoint.id}
      actions={
        <>
          <Button kind="quiet" onPress={() => open({ type: "endpoints" })}>
            <ArrowLeft size={14} aria-hidden />
            All endpoints
          </Button>
          <MenuButton
            label="Actions for this endpoint"
            entries={[
              {
                id: "duplicate",
                label: "Duplicate",
                onAction: () => {
                  const copy: Endpoint = {
                    ...endpoint,
                    id: freeId(endpoint.id, new Set(endpoints.map((one) => one.id))),
                  };
                  apply({ type: "item_inserted", list: ["endpoints"], index: index + 1, item: copy });
                  open({ type: "endpoint", index: index + 1 });
                },
              },
              {
                id: "delete",
                label: "Delete",
                danger: true,
                onAction: () => {
                  apply({ type: "item_removed", list: ["endpoints"], index });
                  open({ type: "endpoints" });
                },
              },
            ]}
          >
            <IconButton label="More for this endpoint" hint="More" icon={<Ellipsis size={16} />} />
          </MenuButton>
          <Button
            kind="primary"
            isDisabled={run.isRunning}
            onPress={() => (inputs.length > 0 ? setAsking(true) : start({}))}
          >
            <Play size={13} aria-hidden />
            Run
          </Button>
        </>
      }
    >
      <div className={styles.names}>
        <TextInput
          label="Name"
          value={endpoint.name ?? ""}
          placeholder={endpoint.id}
          onChange={(name) => apply({ type: "value_set", at: [...at, "name"], value: name })}
        />
        <EndpointIdField endpoint={endpoint} index={index} />
      </div>
      <RequestEditor
        key={index}
        request={endpoint.request}
        at={[...at, "request"]}
        firstTab={endpoint.request.body && endpoint.request.body.type !== "none" ? "body" : "inputs"}
        extraTabs={[
          {
            id: "inputs",
            label: "Inputs",
            count: inputs.length,
            paths: [`endpoints[${index}].inputs`],
            content: <InputsEditor inputs={inputs} at={[...at, "inputs"]} />,
          },
        ]}
      />
      <Findings paths={[at]} />
      {answer ? (
        <section className={styles.answer} aria-label="Answer" ref={section}>
          <AnswerView entry={answer} />
        </section>
      ) : null}
      {isMine && !answer && run.timeline.error ? <FailureNote error={run.timeline.error} /> : null}
      {asking ? (
        <RunInputsDialog
          endpoint={endpoint}
          onClose={() => setAsking(false)}
          onRun={(values) => {
            setAsking(false);
            start(values);
          }}
        />
      ) : null}
    </Place>
  );
}

/** The id is what scripts call: it changes when the field is left, and only to one that can be. */
function EndpointIdField({ endpoint, index }: { endpoint: Endpoint; index: number }) {
  const { document, apply } = useEditor();
  const [text, setText] = useState(endpoint.id);
  useEffect(() => setText(endpoint.id), [endpoint.id]);
  const isTaken = (document.endpoints ?? []).some((other, at) => at !== index && other.id === text);
  const problem = !/^[a-z][a-z0-9_]*$/.test(text)
    ? "Small letters, digits and _, beginning with a letter."
    : isTaken
      ? "Another endpoint has this id."
      : null;
  const commit = () => {
    if (problem) setText(endpoint.id);
    else apply({ type: "value_set", at: ["endpoints", index, "id"], value: text });
  };
  return (
    <TextInput
      label="Id"
      mono
      value={text}
      onChange={setText}
      onBlur={commit}
      onKeyDown={(event) => event.key === "Enter" && commit()}
      error={problem}
      description={`latchwork call … ${endpoint.id}`}
    />
  );
}
