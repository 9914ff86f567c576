import { SelectInput } from "@/components/SelectInput/SelectInput";
import { useEditor } from "@/editor/EditorContext";
import { FieldFindings } from "@/editor/Findings/FieldFindings";
import styles from "@/editor/PlaceForm/PlaceForm.module.css";
import { SecretField } from "@/editor/SecretField/SecretField";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { OAuth1 } from "@/model/connector";
import { formatPath, type Path } from "@/model/path";
import { OAUTH1_METHODS, signsWithKey } from "@/model/signing";

/** Credentials of an OAuth 1.0a signature (RFC 5849). */
export function OAuth1Fields({ oauth, at }: { oauth: OAuth1; at: Path }) {
  const { apply } = useEditor();
  const set = (member: keyof OAuth1) => (value: string) =>
    apply({ type: "value_set", at: [...at, member], value });
  const field = (member: keyof OAuth1) => ({
    at: [...at, member],
    value: oauth[member] ?? "",
    onChange: set(member),
  });
  const method = oauth.signature_method;
  const known = OAUTH1_METHODS.some((one) => one.value === method);
  const offered = known ? OAUTH1_METHODS : [{ value: method, detail: "" }, ...OAUTH1_METHODS];
  const withKey = signsWithKey(method);
  return (
    <>
      <div className={styles.half} data-path={formatPath([...at, "signature_method"])}>
        <SelectInput
          label="Signature method"
          value={method}
          choices={offered.map(({ value, detail }) => ({ value, label: value, description: detail }))}
          onChange={set("signature_method")}
        />
        <FieldFindings at={[...at, "signature_method"]} />
      </div>
      <div className={styles.grid}>
        <TemplateField
          label="Consumer key"
          {...field("consumer_key")}
          placeholder="From the provider"
          description="Who the app is to the API; some call it API key."
        />
        {withKey ? (
          <SecretField
            label="Private key"
            {...field("consumer_secret")}
            variable="private_key"
            description="As PEM. Its public part is registered with the provider."
          />
        ) : (
          <SecretField label="Consumer secret" {...field("consumer_secret")} variable="consumer_secret" />
        )}
        <SecretField
          label="Token"
          {...field("token")}
          variable="access_token"
          isOptional
          description="Of the person, or of an earlier step. Left empty where the app acts by itself."
        />
        {withKey ? null : (
          <SecretField
            label="Token secret"
            {...field("token_secret")}
            variable="token_secret"
            isOptional
            description="Belongs to the token, and is left empty without one."
          />
        )}
        <TemplateField
          label="Realm"
          {...field("realm")}
          onChange={(realm) =>
            apply({ type: "value_set", at: [...at, "realm"], value: realm === "" ? undefined : realm })
          }
          placeholder="Left out"
          description="Only where the provider asks for one in the header."
        />
      </div>
    </>
  );
}
