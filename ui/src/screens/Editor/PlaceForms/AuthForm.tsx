import { Button } from "@/components/Button/Button";
import { CodeField } from "@/components/CodeField/CodeField";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { Note } from "@/components/Note/Note";
import { useNotices } from "@/components/Notices/Notices";
import { SelectInput } from "@/components/SelectInput/SelectInput";
import { useEditor } from "@/editor/EditorContext";
import { Findings } from "@/editor/Findings/Findings";
import { Place } from "@/editor/PlaceForm/Place";
import styles from "@/editor/PlaceForm/PlaceForm.module.css";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { Auth, AuthMethod, Oauth2Auth, ParameterLocation } from "@/model/connector";
import { AUTH_METHOD_NAMES, authMethodName, EDITABLE_AUTH_METHODS, newAuth } from "@/model/document";
import { writeJson } from "@/model/json";
import { GRANTS, stepTypeOf, withGrant } from "@/model/oauth";
import { OauthForm } from "../OauthForm/OauthForm";
import { BasicAuthForm } from "../StepForm/BasicAuthForm";
import { useStepActions } from "../useStepActions";

const ABOUT: Partial<Record<AuthMethod, string>> = {
  multistep: "Steps, one after the other",
  api_key: "A key in a header, the query or the body",
  bearer: "A token in the Authorization header",
  basic: "A username and a password",
  oauth2: "One grant by itself",
  none: "The API asks for nothing",
};

const LOCATIONS: { value: ParameterLocation; label: string }[] = [
  { value: "header", label: "Header" },
  { value: "query", label: "Query" },
  { value: "body", label: "Body" },
];

/** Which way the connector signs in. A method of a later release stays as it is until another is chosen. */
export function AuthMethodPicker() {
  const { document, apply, open } = useEditor();
  const notices = useNotices();
  const current = document.auth.method;
  const offered = EDITABLE_AUTH_METHODS.includes(current)
    ? EDITABLE_AUTH_METHODS
    : [current, ...EDITABLE_AUTH_METHODS];
  return (
    <SelectInput
      label="Auth method"
      value={current}
      choices={offered.map((method) => ({
        value: method,
        label: AUTH_METHOD_NAMES[method],
        description: ABOUT[method] ?? "",
      }))}
      onChange={(method) => {
        if (method === current) return;
        apply({ type: "value_set", at: ["auth"], value: newAuth(method) });
        open({ type: "auth" });
        if (document.auth.method === "multistep" && document.auth.steps.length > 0) {
          notices.tell("The steps were replaced. Undo brings them back.");
        }
      }}
    />
  );
}

export function AuthForm() {
  const { document } = useEditor();
  const { auth } = document;
  return (
    <Place title={auth.method === "multistep" ? "Auth flow" : authMethodName(auth.method)}>
      <div className={styles.half}>
        <AuthMethodPicker />
      </div>
      <AuthFields auth={auth} />
      <Findings paths={[["auth"]]} />
    </Place>
  );
}

function FirstSteps() {
  const actions = useStepActions("auth");
  return (
    <>
      <Button kind="primary" onPress={() => actions.add("form")}>
        Begin with a form
      </Button>
      <Button onPress={() => actions.add("api_request")}>Begin with an API request</Button>
    </>
  );
}

/** A grant by itself: its form, and what it puts on requests. */
function GrantForm({ auth }: { auth: Oauth2Auth }) {
  const { apply } = useEditor();
  return (
    <>
      <div className={styles.half}>
        <SelectInput
          label="Grant"
          value={auth.grant}
          choices={GRANTS}
          onChange={(grant) => apply({ type: "value_set", at: ["auth"], value: withGrant(auth, grant) })}
        />
      </div>
      <OauthForm grant={{ type: stepTypeOf(auth.grant), fields: auth, outputs: null, at: ["auth"] }} />
      <p className={styles.muted}>
        Requests carry <code className={styles.mono}>Authorization: Bearer {"{{ oauth.access_token }}"}</code>{" "}
        by themselves. For anything else choose Multistep, and add this grant as a step.
      </p>
    </>
  );
}

function AuthFields({ auth }: { auth: Auth }) {
  const { apply } = useEditor();
  const set = (member: string, value: unknown) => apply({ type: "value_set", at: ["auth", member], value });
  switch (auth.method) {
    case "none":
      return <p className={styles.muted}>Requests are sent as they are written.</p>;
    case "api_key":
      return (
        <div className={styles.grid}>
          <TemplateField
            label="Name"
            at={["auth", "name"]}
            value={auth.name}
            onChange={(name) => set("name", name)}
            placeholder="X-API-Key"
          />
          <SelectInput
            label="Where it goes"
            value={auth.location}
            choices={LOCATIONS}
            onChange={(location) => set("location", location)}
          />
          <div className={styles.wide}>
            <TemplateField
              label="Value"
              at={["auth", "value"]}
              value={auth.value}
              onChange={(value) => set("value", value)}
              placeholder="{{ vars.api_key }}"
              description="Keep the key itself in a secret variable: what is written here is in the file."
            />
          </div>
        </div>
      );
    case "bearer":
      return (
        <TemplateField
          label="Token"
          at={["auth", "token"]}
          value={auth.token}
          onChange={(token) => set("token", token)}
          placeholder="{{ vars.token }}"
          description="Keep the token itself in a secret variable: what is written here is in the file."
        />
      );
    case "basic":
      return <BasicAuthForm step={auth} at={["auth"]} />;
    case "oauth2":
      return <GrantForm auth={auth} />;
    case "multistep":
      return auth.steps.length === 0 ? (
        <EmptyState title="Add the first step" actions={<FirstSteps />}>
          Most logins begin with a Form, for what the person knows, and an API request that sends it. Then put
          the token into Request parameters.
        </EmptyState>
      ) : (
        <p className={styles.muted}>Choose a step on the left.</p>
      );
    default:
      return (
        <div className={styles.stack}>
          <Note tone="info">
            {authMethodName(auth.method)} cannot be edited in this release. It stays in the file as it is.
          </Note>
          <CodeField label="Auth as JSON" language="json" multiline value={writeJson(auth, 2)} />
        </div>
      );
  }
}
