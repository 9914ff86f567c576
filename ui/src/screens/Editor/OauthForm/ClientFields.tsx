import { SecretField } from "@/editor/SecretField/SecretField";
import { GrantTemplate } from "./GrantTemplate";
import { type GrantPlace, useGrantEdit } from "./grantPlace";
import styles from "./OauthForm.module.css";

/** Who the client is to the provider. */
export function ClientFields({ grant }: { grant: GrantPlace }) {
  const edit = useGrantEdit(grant.at);
  const { fields } = grant;
  const isDynamic = fields.client_registration === "dynamic";
  return (
    <div className={styles.pair}>
      <GrantTemplate
        grant={grant}
        member="client_id"
        label="Client ID"
        placeholder={isDynamic ? "From the registration" : "From the provider"}
      />
      <SecretField
        label="Client secret"
        at={[...grant.at, "client_secret"]}
        value={fields.client_secret ?? ""}
        onChange={(value) => edit({ client_secret: value })}
        variable="client_secret"
        isOptional
        description="Left empty for a client that has none."
      />
    </div>
  );
}
