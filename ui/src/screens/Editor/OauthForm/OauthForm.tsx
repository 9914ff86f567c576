import { SelectInput } from "@/components/SelectInput/SelectInput";
import { FieldFindings } from "@/editor/Findings/FieldFindings";
import { usesBrowser } from "@/model/oauth";
import { AddressFields } from "./AddressFields";
import { ClientFields } from "./ClientFields";
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

/** How the code is bound to this program (RFC 7636): each kind of step has its own member for it. */
function ChallengeField({ grant }: { grant: GrantPlace }) {
  const edit = useGrantEdit(grant.at);
  if (grant.type === "oauth2_pkce") {
    return (
      <div className={styles.half}>
        <SelectInput
          label="Code challenge method"
          value={grant.fields.code_challenge_method ?? "S256"}
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
        <FieldFindings at={[...grant.at, "code_challenge_method"]} />
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
      <FieldFindings at={[...grant.at, "pkce"]} />
    </div>
  );
}
