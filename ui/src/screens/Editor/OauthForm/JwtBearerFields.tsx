import { SelectInput } from "@/components/SelectInput/SelectInput";
import { FieldFindings } from "@/editor/Findings/FieldFindings";
import { JsonField } from "@/editor/JsonField/JsonField";
import { NumberSetting } from "@/editor/RequestEditor/NumberSetting";
import { SecretField } from "@/editor/SecretField/SecretField";
import { formatPath } from "@/model/path";
import { GrantTemplate } from "./GrantTemplate";
import { type GrantPlace, useGrantEdit } from "./grantPlace";
import styles from "./OauthForm.module.css";

/** RFC 7518 section 3.1, without `none`. */
const ALGORITHMS = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "EdDSA",
  "HS256",
  "HS384",
  "HS512",
];

/** The assertion that is traded for a token (RFC 7523 section 2.1). */
export function JwtBearerFields({ grant }: { grant: GrantPlace }) {
  const edit = useGrantEdit(grant.at);
  const { fields } = grant;
  const algorithm = fields.algorithm ?? "";
  const offered = ALGORITHMS.includes(algorithm) ? ALGORITHMS : [algorithm, ...ALGORITHMS];
  return (
    <div className={styles.stack}>
      <SecretField
        label="Signing key"
        at={[...grant.at, "key"]}
        value={fields.key ?? ""}
        onChange={(key) => edit({ key })}
        variable="signing_key"
        description="A private key as PEM, or the shared secret of an HS algorithm."
      />
      <div className={styles.pair}>
        <div className={styles.field} data-path={formatPath([...grant.at, "algorithm"])}>
          <SelectInput
            label="Algorithm"
            value={algorithm}
            choices={offered.map((one) => ({ value: one, label: one || "Choose" }))}
            onChange={(value) => edit({ algorithm: value })}
          />
          <FieldFindings at={[...grant.at, "algorithm"]} />
        </div>
        <GrantTemplate grant={grant} member="key_id" label="Key ID" placeholder="Left out" />
      </div>
      <JsonField
        label="Claims"
        at={[...grant.at, "claims"]}
        value={fields.claims ?? {}}
        onChange={(claims) => edit({ claims }, true)}
        description="iss, sub, aud and what else the provider wants; the times are added when it is signed."
      />
      <div className={styles.half}>
        <NumberSetting
          label="Lifetime in seconds"
          value={fields.lifetime_seconds}
          placeholder="300"
          onChange={(seconds) => edit({ lifetime_seconds: seconds })}
        />
      </div>
    </div>
  );
}
