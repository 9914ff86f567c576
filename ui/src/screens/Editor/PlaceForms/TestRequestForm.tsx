import { Button } from "@/components/Button/Button";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { Note } from "@/components/Note/Note";
import { SelectInput } from "@/components/SelectInput/SelectInput";
import { Toggle } from "@/components/Toggle/Toggle";
import { useEditor } from "@/editor/EditorContext";
import { Findings } from "@/editor/Findings/Findings";
import { Place } from "@/editor/PlaceForm/Place";
import styles from "@/editor/PlaceForm/PlaceForm.module.css";
import { RequestEditor } from "@/editor/RequestEditor/RequestEditor";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { TestRequest } from "@/model/connector";
import { authSteps } from "@/model/document";

const AT = ["test"] as const;

export function TestRequestForm() {
  const { document, apply, run, startRun } = useEditor();
  const { test } = document;
  const add = () => {
    const request: TestRequest["request"] =
      document.kind === "graphql"
        ? { method: "POST", url: "", body: { type: "graphql", query: "query {\n  __typename\n}" } }
        : { method: "GET", url: "/me" };
    apply({ type: "value_set", at: AT, value: { request, advanced: document.kind === "graphql" } });
  };
  return (
    <Place
      title="Test request"
      about="The call that proves that the credentials work. Test auth steps sends it after the last step."
      actions={
        test ? (
          <>
            <Button kind="quiet" onPress={() => apply({ type: "value_set", at: AT, value: undefined })}>
              Remove
            </Button>
            <Button isDisabled={run.isRunning} onPress={() => startRun({ type: "test_request" })}>
              Send test request
            </Button>
          </>
        ) : null
      }
    >
      {test ? (
        <>
          <Toggle
            label="Advanced"
            description="Edit the whole request. Off: the form's answers are added to its query string."
            isSelected={test.advanced === true}
            onChange={(on) => apply({ type: "value_set", at: [...AT, "advanced"], value: on })}
          />
          {test.advanced ? (
            <RequestEditor
              request={test.request}
              at={[...AT, "request"]}
              firstTab={test.request.body && test.request.body.type !== "none" ? "body" : "headers"}
            />
          ) : (
            <SimpleTest test={test} />
          )}
        </>
      ) : (
        <EmptyState
          title="No test request"
          actions={
            <Button kind="primary" onPress={add}>
              Add test request
            </Button>
          }
        >
          Choose an endpoint that only answers when the sign-in worked, such as the one for the own profile.
        </EmptyState>
      )}
      <Findings paths={[AT]} />
    </Place>
  );
}

function SimpleTest({ test }: { test: TestRequest }) {
  const { document, apply } = useEditor();
  const sent = authSteps(document)
    .filter((step) => step.type === "form" && !step.disabled)
    .flatMap((step) => (step.type === "form" ? step.fields : []))
    .filter((field) => field.type !== "password")
    .map((field) => field.key);
  const requestAt = [...AT, "request"];
  return (
    <>
      <div className={styles.simple}>
        <SelectInput
          label="Method"
          value={test.request.method}
          choices={["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"].map((method) => ({
            value: method,
            label: method,
          }))}
          onChange={(method) => apply({ type: "value_set", at: [...requestAt, "method"], value: method })}
        />
        <TemplateField
          label="URL"
          at={[...requestAt, "url"]}
          value={test.request.url}
          placeholder="/me"
          onChange={(url) => apply({ type: "value_set", at: [...requestAt, "url"], value: url })}
        />
      </div>
      <Note tone="info">
        {sent.length > 0 ? (
          <>
            Added to the query string: <code className={styles.mono}>{sent.join(", ")}</code>. Passwords never
            are.
          </>
        ) : (
          "The flow's form fields would be added to the query string; there are none."
        )}
      </Note>
    </>
  );
}
