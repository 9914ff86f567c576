import type { ReactNode } from "react";
import { Button } from "@/components/Button/Button";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { SelectInput } from "@/components/SelectInput/SelectInput";
import { useEditor } from "@/editor/EditorContext";
import { Findings } from "@/editor/Findings/Findings";
import { Place } from "@/editor/PlaceForm/Place";
import styles from "@/editor/PlaceForm/PlaceForm.module.css";
import { SecretField } from "@/editor/SecretField/SecretField";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { Auth, Oauth2Auth, ParameterLocation } from "@/model/connector";
import { authMethodName } from "@/model/document";
import { GRANTS, stepTypeOf, withGrant } from "@/model/oauth";
import { AuthMethodPicker } from "../AuthMethod/AuthMethodPicker";
import { TurnIntoMultistep } from "../AuthMethod/TurnIntoMultistep";
import { OauthForm } from "../OauthForm/OauthForm";
import { AwsSigV4Fields } from "../Signing/AwsSigV4Fields";
import { BasicAuthForm } from "../StepForm/BasicAuthForm";
import { useStepActions } from "../useStepActions";

const LOCATIONS: { value: ParameterLocation; label: string }[] = [
  { value: "header", label: "Header" },
  { value: "query", label: "Query" },
  { value: "body", label: "Body" },
];

export function AuthForm() {
  const { document } = useEditor();
  const { auth } = document;
  const isPreset = auth.method !== "multistep" && auth.method !== "none";
  return (
    <Place
      title={auth.method === "multistep" ? "Auth flow" : authMethodName(auth.method)}
      actions={isPreset ? <TurnIntoMultistep /> : null}
    >
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

/** What a preset adds to requests. */
function Adds({ children }: { children: ReactNode }) {
  return <p className={styles.muted}>{children}</p>;
}

function Mono({ children }: { children: ReactNode }) {
  return <code className={styles.mono}>{children}</code>;
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
      <Adds>
        Requests carry <Mono>Authorization: Bearer {"{{ oauth.access_token }}"}</Mono>.
      </Adds>
    </>
  );
}

const PLACES: Record<ParameterLocation, string> = {
  header: "header",
  query: "query parameter",
  body: "member of the body",
};

function ApiKeyForm({ auth }: { auth: Extract<Auth, { method: "api_key" }> }) {
  const { apply } = useEditor();
  const set = (member: string, value: unknown) => apply({ type: "value_set", at: ["auth", member], value });
  return (
    <>
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
          <SecretField
            label="Value"
            at={["auth", "value"]}
            value={auth.value}
            onChange={(value) => set("value", value)}
            variable="api_key"
          />
        </div>
      </div>
      {auth.name === "" ? null : (
        <Adds>
          Requests carry it as the {PLACES[auth.location]} <Mono>{auth.name}</Mono>.
        </Adds>
      )}
    </>
  );
}

function AuthFields({ auth }: { auth: Auth }) {
  const { apply } = useEditor();
  switch (auth.method) {
    case "none":
      return <p className={styles.muted}>Requests are sent as they are written.</p>;
    case "api_key":
      return <ApiKeyForm auth={auth} />;
    case "bearer":
      return (
        <>
          <SecretField
            label="Token"
            at={["auth", "token"]}
            value={auth.token}
            onChange={(token) => apply({ type: "value_set", at: ["auth", "token"], value: token })}
            variable="token"
          />
          <Adds>
            Requests carry <Mono>Authorization: Bearer</Mono> with the token.
          </Adds>
        </>
      );
    case "basic":
      return (
        <>
          <BasicAuthForm step={auth} at={["auth"]} />
          <Adds>
            Requests carry <Mono>Authorization: {"{{ basic.header }}"}</Mono>.
          </Adds>
        </>
      );
    case "oauth2":
      return <GrantForm auth={auth} />;
    case "aws_sigv4":
      return (
        <>
          <AwsSigV4Fields aws={auth} at={["auth"]} />
          <Adds>
            Requests are signed with Signature Version 4: <Mono>Authorization</Mono> and the{" "}
            <Mono>X-Amz-</Mono> headers are added to each.
          </Adds>
        </>
      );
    case "multistep":
      return auth.steps.length === 0 ? (
        <EmptyState title="Add the first step" actions={<FirstSteps />}>
          Most logins begin with a Form, for what the person knows, and an API request that sends it. Then put
          the token into Request parameters.
        </EmptyState>
      ) : (
        <p className={styles.muted}>Choose a step on the left.</p>
      );
  }
}
