import { SelectInput } from "@/components/SelectInput/SelectInput";
import { SecretField } from "@/editor/SecretField/SecretField";
import { usesBrowser } from "@/model/oauth";
import { AddressFields } from "./AddressFields";
import { GrantTemplate } from "./GrantTemplate";
import { type GrantPlace, useGrantEdit } from "./grantPlace";
import { JwtBearerFields } from "./JwtBearerFields";
import { MoreFields } from "./MoreFields";
import styles from "./OauthForm.module.css";
import { ProviderNote } from "./ProviderNote";
import { RedirectBox } from "./RedirectBox";
import { ScopesField } from "./ScopesField";
import { SharedCredentials } from "./SharedCredentials";

/** One OAuth grant, of a step or of the auth method: what most need first, the rest under More. */
export function OauthForm({ grant }: { grant: GrantPlace }) {
  const { type } = grant;
  return (
    <div className={styles.form}>
      {type === "oauth2_jwt_bearer" ? <JwtBearerFields grant={grant} /> : null}
      <AddressFields grant={grant} />
      <ProviderNote grant={grant} />
      {type === "oauth2_jwt_bearer" ? null : <ClientFields grant={grant} />}
      <ScopesField grant={grant} />
      <ChallengeField grant={grant} />
      {usesBrowser(type) ? <RedirectBox grant={grant} /> : null}
      <SharedCredentials grant={grant} />
      <MoreFields grant={grant} />
    </div>
  );
}

function ClientFields({ grant }: { grant: GrantPlace }) {
  const edit = useGrantEdit(grant.at);
  const { fields } = grant;
  const isDynamic = fields.client_registration === "dynamic";
  return (
    <div className={styles.pair}>
      <GrantTemplate
        grant={grant}
        member="client_id"
        label="Client ID"
        placeholder={isDynamic ? "From the registration" : "As the provider shows it for your app"}
      />
      <SecretField
        label="Client secret"
        at={[...grant.at, "client_secret"]}
        value={fields.client_secret ?? ""}
        onChange={(value) => edit({ client_secret: value })}
        variable="client_secret"
        description="Left empty for a client that has none."
      />
    </div>
  );
}

/** How the code is bound to this program (RFC 7636): each kind of step has its own member for it. */
function ChallengeField({ grant }: { grant: GrantPlace }) {
  const edit = useGrantEdit(grant.at);
  if (grant.type === "oauth2_pkce") {
    const method = grant.fields.code_challenge_method ?? "S256";
    return (
      <div className={styles.half}>
        <SelectInput
          label="Code challenge method"
          value={method}
          choices={[
            { value: "S256", label: "S256", description: "A hash of the verifier" },
            {
              value: "plain",
              label: "plain",
              description: "The verifier itself, for providers that know no other",
            },
          ]}
          onChange={(value) => edit({ code_challenge_method: value })}
        />
        {method === "plain" ? (
          <p className={styles.caution}>
            Whoever sees the address in the browser can use the code. Choose S256 unless the provider refuses
            it.
          </p>
        ) : null}
      </div>
    );
  }
  if (grant.type !== "oauth2_authorization_code") return null;
  return (
    <div className={styles.half}>
      <SelectInput
        label="PKCE"
        value={grant.fields.pkce ?? "S256"}
        choices={[
          { value: "S256", label: "S256", description: "Also with a client secret: it costs nothing" },
          { value: "off", label: "Off", description: "Only for providers that refuse it" },
        ]}
        onChange={(value) => edit({ pkce: value })}
      />
    </div>
  );
}
