import { type ReactNode, useEffect, useState } from "react";
import { Disclosure } from "@/components/Disclosure/Disclosure";
import { SelectInput } from "@/components/SelectInput/SelectInput";
import { TextInput } from "@/components/TextInput/TextInput";
import { Toggle } from "@/components/Toggle/Toggle";
import { useEditor } from "@/editor/EditorContext";
import { FieldFindings } from "@/editor/Findings/FieldFindings";
import { OutputsEditor } from "@/editor/OutputsEditor/OutputsEditor";
import { ParameterTable } from "@/editor/ParameterTable/ParameterTable";
import { SecretField } from "@/editor/SecretField/SecretField";
import type { OauthMember } from "@/model/connector";
import { usesBrowser } from "@/model/oauth";
import { formatPath, isInside } from "@/model/path";
import { ClientFields } from "./ClientFields";
import { GrantTemplate } from "./GrantTemplate";
import { type GrantPlace, useGrantEdit } from "./grantPlace";
import styles from "./OauthForm.module.css";
import { RenamedParameters } from "./RenamedParameters";

const MEMBERS: readonly OauthMember[] = [
  "client_auth",
  "client_key",
  "client_key_id",
  "redirect_uri",
  "authorize_params",
  "token_params",
  "refresh_params",
  "token_headers",
  "refresh_headers",
  "token_method",
  "token_body",
  "param_names",
  "token_path",
  "code_param",
  "refresh_url",
  "revocation_url",
  "audience",
  "resource",
  "scope_separator",
  "client_registration",
];

function noteOf(set: number, faults: number): string {
  const words = [set > 0 ? `${set} set` : "", faults > 0 ? `${faults} to fix` : ""]
    .filter(Boolean)
    .join(" · ");
  return words || "client authentication, parameters, headers, token request";
}

/** The fields that few need, in groups. It opens by itself where a finding inside is looked for. */
export function MoreFields({ grant }: { grant: GrantPlace }) {
  const { diagnostics, revealed } = useEditor();
  const [isOpen, setIsOpen] = useState(false);
  const members = grant.outputs ? [...MEMBERS, "outputs"] : MEMBERS;
  const paths = members.map((member) => formatPath([...grant.at, member]));
  const isHere = (path: string) => paths.some((inside) => isInside(path, inside));
  const isSet = (member: OauthMember) => grant.fields[member] !== undefined;
  const set = MEMBERS.filter(isSet).length + (grant.outputs && grant.outputs.length > 0 ? 1 : 0);
  const faults = diagnostics.filter((one) => one.severity === "error" && isHere(one.path)).length;

  // biome-ignore lint/correctness/useExhaustiveDependencies: only when something new is revealed
  useEffect(() => {
    if (revealed && isHere(revealed.path)) setIsOpen(true);
  }, [revealed]);

  return (
    <Disclosure label="More" note={noteOf(set, faults)} isOpen={isOpen} onToggle={setIsOpen}>
      <ClientAuthentication grant={grant} />
      {usesBrowser(grant.type) ? (
        <Group title="Redirect">
          <GrantTemplate
            grant={grant}
            member="redirect_uri"
            label="Fixed redirect address"
            placeholder="http://localhost:8123/callback"
            description="For providers that compare it exactly. One with https is pasted."
          />
        </Group>
      ) : null}
      <ExtraParameters grant={grant} />
      <Group title="Headers" about="Sent with the token request, or with the refresh.">
        <div className={styles.tables}>
          <Parameters grant={grant} member="token_headers" noun="token header" />
          <Parameters grant={grant} member="refresh_headers" noun="refresh header" />
        </div>
      </Group>
      <TokenRequest grant={grant} />
      <Others grant={grant} />
      {grant.outputs ? (
        <Group title="Own outputs">
          <OutputsEditor
            at={[...grant.at, "outputs"]}
            outputs={grant.outputs}
            emptyText="Name a part of the answer, such as {{ raw.instance_url }}. One called access_token or expires_in takes the place of the standard one."
          />
        </Group>
      ) : null}
    </Disclosure>
  );
}

function Group({ title, about, children }: { title: string; about?: string; children: ReactNode }) {
  return (
    <section className={styles.group} aria-label={title}>
      <div>
        <h3 className={styles.heading}>{title}</h3>
        {about ? <p className={styles.muted}>{about}</p> : null}
      </div>
      {children}
    </section>
  );
}

const CLIENT_AUTH = [
  { value: "auto", label: "Automatic", description: "As the provider says, else basic with a secret" },
  { value: "basic", label: "Basic", description: "In the Authorization header" },
  { value: "post", label: "Post", description: "In the body, as client_id and client_secret" },
  { value: "none", label: "None", description: "Nothing is sent at all" },
  { value: "private_key_jwt", label: "Private key", description: "An assertion signed with a key" },
] as const;

function ClientAuthentication({ grant }: { grant: GrantPlace }) {
  const edit = useGrantEdit(grant.at);
  const { fields } = grant;
  const signs = fields.client_auth === "private_key_jwt" || fields.client_key !== undefined;
  return (
    <Group title="Client authentication">
      {grant.type === "oauth2_jwt_bearer" ? <ClientFields grant={grant} /> : null}
      <div className={styles.half}>
        <SelectInput
          label="How the client shows who it is"
          value={fields.client_auth ?? "auto"}
          choices={CLIENT_AUTH}
          onChange={(value) => edit({ client_auth: value })}
        />
        <FieldFindings at={[...grant.at, "client_auth"]} />
      </div>
      {signs ? (
        <div className={styles.pair}>
          <SecretField
            label="Client key"
            at={[...grant.at, "client_key"]}
            value={fields.client_key ?? ""}
            onChange={(value) => edit({ client_key: value })}
            variable="client_key"
            description="A private key as PEM."
          />
          <GrantTemplate grant={grant} member="client_key_id" label="Client key ID" placeholder="Left out" />
        </div>
      ) : null}
    </Group>
  );
}

interface ParametersProps {
  grant: GrantPlace;
  member: "authorize_params" | "token_params" | "refresh_params" | "token_headers" | "refresh_headers";
  noun: string;
}

function Parameters({ grant, member, noun }: ParametersProps) {
  const rows = grant.fields[member] ?? [];
  return (
    <div className={styles.table} data-filled={rows.length > 0 || undefined}>
      {rows.length > 0 ? (
        <h4 className={styles.label}>{`${noun[0]?.toUpperCase()}${noun.slice(1)}s`}</h4>
      ) : null}
      <ParameterTable noun={noun} isOptional at={[...grant.at, member]} rows={rows} />
    </div>
  );
}

function ExtraParameters({ grant }: { grant: GrantPlace }) {
  return (
    <Group
      title="Extra parameters"
      about="They win over what is sent by itself, but for state and challenge."
    >
      <div className={styles.tables}>
        {usesBrowser(grant.type) ? (
          <Parameters grant={grant} member="authorize_params" noun="authorize parameter" />
        ) : null}
        <Parameters grant={grant} member="token_params" noun="token parameter" />
        <Parameters grant={grant} member="refresh_params" noun="refresh parameter" />
      </div>
    </Group>
  );
}

function TokenRequest({ grant }: { grant: GrantPlace }) {
  const edit = useGrantEdit(grant.at);
  const { fields } = grant;
  return (
    <Group title="Token request">
      <div className={styles.pair}>
        <SelectInput
          label="Method"
          value={fields.token_method ?? "POST"}
          choices={[
            { value: "POST", label: "POST" },
            { value: "GET", label: "GET", description: "For servers that know no better" },
          ]}
          onChange={(value) => edit({ token_method: value })}
        />
        <SelectInput
          label="Parameters go into"
          value={fields.token_body ?? "form"}
          choices={[
            { value: "form", label: "A form body" },
            { value: "json", label: "A JSON body" },
            { value: "query", label: "The query string", description: "Servers write these to their logs" },
          ]}
          onChange={(value) => edit({ token_body: value })}
        />
        <TextInput
          label="Token path"
          mono
          value={fields.token_path ?? ""}
          onChange={(value) => edit({ token_path: value })}
          placeholder="The answer itself"
          description="Where in the answer the tokens are, such as authed_user."
        />
        {usesBrowser(grant.type) ? (
          <TextInput
            label="Code parameter"
            mono
            value={fields.code_param ?? ""}
            onChange={(value) => edit({ code_param: value })}
            placeholder="code"
            description="What the callback calls the code."
          />
        ) : null}
      </div>
      <div className={styles.stackTight}>
        <h4 className={styles.label}>Renamed parameters</h4>
        <RenamedParameters grant={grant} />
      </div>
    </Group>
  );
}

function Others({ grant }: { grant: GrantPlace }) {
  const edit = useGrantEdit(grant.at);
  const { fields } = grant;
  return (
    <Group title="Other">
      <div className={styles.pair}>
        <GrantTemplate grant={grant} member="refresh_url" label="Refresh URL" placeholder="The token URL" />
        <GrantTemplate
          grant={grant}
          member="revocation_url"
          label="Revocation URL"
          placeholder="https://"
          description="Told when somebody signs out."
        />
        <GrantTemplate grant={grant} member="audience" label="Audience" placeholder="Left out" />
        <GrantTemplate grant={grant} member="resource" label="Resource" placeholder="Left out" />
        <TextInput
          label="Scope separator"
          mono
          value={fields.scope_separator ?? ""}
          onChange={(value) => edit({ scope_separator: value })}
          placeholder="A space"
          description="What stands between two scopes; some providers want a comma."
        />
      </div>
      <Toggle
        label="Register this client by itself"
        description="The client ID is asked of the provider (RFC 7591) instead of being written here."
        isSelected={fields.client_registration === "dynamic"}
        onChange={(on) => edit({ client_registration: on ? "dynamic" : "static" })}
      />
    </Group>
  );
}
