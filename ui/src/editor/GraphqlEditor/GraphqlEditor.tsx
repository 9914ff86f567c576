import { lazy, Suspense, useEffect, useId, useState } from "react";
import { Button } from "@/components/Button/Button";
import { CodeField } from "@/components/CodeField/CodeField";
import { useNotices } from "@/components/Notices/Notices";
import { formatPath, type Path } from "@/model/path";
import { useEditor } from "../EditorContext";
import { useFindings } from "../faults";
import { JsonField } from "../JsonField/JsonField";
import { FindingLine } from "../TemplateField/TemplateField";
import styles from "./GraphqlEditor.module.css";
import { SchemaBar } from "./SchemaBar";
import { useSchema } from "./useSchema";

const WithSchema = lazy(() => import("./WithSchema"));

interface Props {
  body: { query: string; variables?: unknown };
  /** The body. */
  at: Path;
}

/** A GraphQL body: its document, completed by the API's schema, and its variables. */
export function GraphqlEditor({ body, at }: Props) {
  const { apply, claims } = useEditor();
  const notices = useNotices();
  const [isExploring, setExploring] = useState(false);
  const schema = useSchema(at.slice(0, -1));
  const path = formatPath([...at, "query"]);
  const findings = useFindings(path);
  useEffect(() => claims.claim(path), [claims, path]);
  const id = useId();
  const set = (member: string, value: unknown, typing = false) =>
    apply({ type: "value_set", at: [...at, member], value, typing });
  const prettify = async () => {
    const { parse, print } = await import("graphql");
    try {
      set("query", print(parse(body.query)));
    } catch (cause) {
      notices.fail("The query could not be written anew", cause);
    }
  };
  const field = {
    label: "Query",
    value: body.query,
    isInvalid: findings.some((finding) => finding.severity === "error"),
    describedBy: id,
  };
  return (
    <div className={styles.editor}>
      <SchemaBar state={schema} />
      <div className={styles.field} data-path={path}>
        <div className={styles.head}>
          <span className={styles.label} aria-hidden>
            Query
          </span>
          {/* Comments are lost by it. */}
          {body.query.includes("#") ? null : (
            <Button small kind="quiet" onPress={() => void prettify()}>
              Prettify
            </Button>
          )}
        </div>
        <Suspense
          fallback={
            <CodeField {...field} language="text" multiline onChange={(value) => set("query", value, true)} />
          }
        >
          <WithSchema
            {...field}
            onChange={(value) => set("query", value, true)}
            schema={schema.schema?.schema ?? null}
            isExploring={isExploring}
            onExplore={setExploring}
          />
        </Suspense>
        <div id={id} className={styles.words}>
          {findings.map((finding) => (
            <FindingLine key={`${finding.code} ${finding.message}`} finding={finding} />
          ))}
        </div>
      </div>
      <JsonField
        label="Variables"
        at={[...at, "variables"]}
        value={body.variables ?? {}}
        onChange={(value) => set("variables", value, true)}
      />
    </div>
  );
}
