import { ChipsInput } from "@/components/ChipsInput/ChipsInput";
import { FieldFindings } from "@/editor/Findings/FieldFindings";
import { useFindings } from "@/editor/faults";
import { formatPath } from "@/model/path";
import { type GrantPlace, useGrantEdit } from "./grantPlace";
import styles from "./OauthForm.module.css";

export function ScopesField({ grant }: { grant: GrantPlace }) {
  const edit = useGrantEdit(grant.at);
  const at = [...grant.at, "scopes"];
  const path = formatPath(at);
  const findings = useFindings(path);
  return (
    <div data-path={path} className={styles.field}>
      <ChipsInput
        label="Scopes"
        noun="scope"
        values={grant.fields.scopes ?? []}
        onChange={(scopes) => edit({ scopes })}
        placeholder="openid contacts.read"
        description="What the token may be used for. A space, a comma or Enter ends one."
        isInvalid={findings.some((finding) => finding.severity === "error")}
      />
      <FieldFindings at={at} />
    </div>
  );
}
