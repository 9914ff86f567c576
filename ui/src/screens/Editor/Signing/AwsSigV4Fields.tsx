import { useEditor } from "@/editor/EditorContext";
import styles from "@/editor/PlaceForm/PlaceForm.module.css";
import { SecretField } from "@/editor/SecretField/SecretField";
import { TemplateCombo } from "@/editor/TemplateCombo/TemplateCombo";
import type { AwsSigV4 } from "@/model/connector";
import type { Path } from "@/model/path";
import { AWS_REGIONS, AWS_SERVICES } from "@/model/signing";

/** Credentials and place of an AWS signature: of the auth method, and of a flow's signing. */
export function AwsSigV4Fields({ aws, at }: { aws: AwsSigV4; at: Path }) {
  const { apply } = useEditor();
  const field = (member: keyof AwsSigV4) => ({
    at: [...at, member],
    value: aws[member] ?? "",
    onChange: (value: string) => apply({ type: "value_set", at: [...at, member], value }),
  });
  return (
    <>
      <div className={styles.grid}>
        <SecretField label="Access key ID" {...field("access_key_id")} variable="access_key_id" />
        <SecretField label="Secret access key" {...field("secret_access_key")} variable="secret_access_key" />
        <div className={styles.wide}>
          <SecretField
            label="Session token"
            {...field("session_token")}
            onChange={(value) =>
              apply({
                type: "value_set",
                at: [...at, "session_token"],
                value: value === "" ? undefined : value,
              })
            }
            variable="session_token"
            isOptional
            description="Only for temporary credentials, such as those of AWS STS. Left empty otherwise."
          />
        </div>
      </div>
      <div className={styles.grid}>
        <TemplateCombo
          label="Region"
          {...field("region")}
          choices={AWS_REGIONS}
          placeholder="eu-central-1"
          description="As in the API's address."
        />
        <TemplateCombo
          label="Service"
          {...field("service")}
          choices={AWS_SERVICES}
          placeholder="execute-api"
          description="The name that is signed, such as execute-api for API Gateway."
        />
      </div>
    </>
  );
}
