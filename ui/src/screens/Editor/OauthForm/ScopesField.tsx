import { useEffect } from "react";
import { ChipsInput } from "@/components/ChipsInput/ChipsInput";
import { useEditor } from "@/editor/EditorContext";
import { useFindings } from "@/editor/faults";
import { FindingLine } from "@/editor/TemplateField/TemplateField";
import { formatPath } from "@/model/path";
import { type GrantPlace, useGrantEdit } from "./grantPlace";
import styles from "./OauthForm.module.css";

export function ScopesField({ grant }: { grant: GrantPlace }) {
  const { claims } = useEditor();
  const edit = useGrantEdit(grant.at);
  const path = formatPath([...grant.at, "scopes"]);
  const findings = useFindings(path);
  useEffect(() => claims.claim(path), [claims, path]);
  return (
    <div data-path={path}>
      <ChipsInput
        label="Scopes"
        noun="scope"
        values={grant.fields.scopes ?? []}
        onChange={(scopes) => edit({ scopes })}
        placeholder="openid contacts.read"
        description="What the token may be used for. A space, a comma or Enter ends one."
        isInvalid={findings.some((finding) => finding.severity === "error")}
      />
      {findings.length > 0 ? (
        <div className={styles.findings}>
          {findings.map((finding) => (
            <FindingLine key={`${finding.path} ${finding.message}`} finding={finding} />
          ))}
        </div>
      ) : null}
    </div>
  );
}
