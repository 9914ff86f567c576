import { useEffect, useState } from "react";
import { SelectInput } from "@/components/SelectInput/SelectInput";
import { type TabEntry, Tabs } from "@/components/Tabs/Tabs";
import { TextInput } from "@/components/TextInput/TextInput";
import { Toggle } from "@/components/Toggle/Toggle";
import type { Request } from "@/model/connector";
import { formatPath, isInside, type Path } from "@/model/path";
import { useEditor } from "../EditorContext";
import { ParameterTable } from "../ParameterTable/ParameterTable";
import { FindingLine, TemplateField } from "../TemplateField/TemplateField";
import { BODY_TYPES, BodyEditor, convertedBody } from "./BodyEditor";
import { NumberSetting } from "./NumberSetting";
import styles from "./RequestEditor.module.css";

export interface ExtraTab extends TabEntry {
  /** Paths of the document that this tab shows. */
  paths: readonly string[];
}

interface Props {
  request: Request;
  at: Path;
  /** More tabs between Query and Advanced: Success, Outputs. */
  extraTabs?: readonly ExtraTab[];
  firstTab?: string;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/** A request: method and address, and its parts in tabs. */
export function RequestEditor({ request, at, extraTabs = [], firstTab = "body" }: Props) {
  const { apply, diagnostics, revealed } = useEditor();
  const [tab, setTab] = useState(firstTab);
  const path = formatPath(at);
  const body = request.body ?? { type: "none" };
  const set = (member: string, value: unknown) => apply({ type: "value_set", at: [...at, member], value });
  const faulty = (paths: readonly string[]) =>
    diagnostics.some((one) => one.severity === "error" && paths.some((inside) => isInside(one.path, inside)));

  const tabs: (TabEntry & { paths: readonly string[] })[] = [
    {
      id: "body",
      label: "Body",
      paths: [`${path}.body`],
      content: <BodyEditor body={body} at={[...at, "body"]} />,
    },
    {
      id: "headers",
      label: "Headers",
      count: request.headers?.length ?? 0,
      paths: [`${path}.headers`],
      content: (
        <ParameterTable
          noun="header"
          at={[...at, "headers"]}
          rows={request.headers ?? []}
          emptyText="No headers of its own. Content-Type and the like are sent by themselves."
        />
      ),
    },
    {
      id: "query",
      label: "Query",
      count: request.query?.length ?? 0,
      paths: [`${path}.query`],
      content: (
        <ParameterTable
          noun="query parameter"
          at={[...at, "query"]}
          rows={request.query ?? []}
          emptyText="Nothing is added to the query string."
        />
      ),
    },
    ...extraTabs,
    {
      id: "advanced",
      label: "Advanced",
      paths: [`${path}.method`, `${path}.timeout_seconds`],
      content: (
        <div className={styles.stack}>
          <TextInput
            label="Method"
            mono
            value={request.method}
            onChange={(method) => set("method", method.toUpperCase().replace(/\s/g, ""))}
            description="Any method that the API knows."
          />
          <Toggle
            label="Follow redirects"
            description="At most 5, never from https to http."
            isSelected={request.follow_redirects !== false}
            onChange={(follow) => set("follow_redirects", follow ? undefined : false)}
          />
          <NumberSetting
            label="Time limit in seconds"
            value={request.timeout_seconds}
            placeholder="120"
            onChange={(seconds) => set("timeout_seconds", seconds)}
          />
        </div>
      ),
    },
  ];

  // A finding was clicked: the tab that shows it comes to the front.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when something new is revealed
  useEffect(() => {
    const wanted =
      revealed && tabs.find((one) => one.paths.some((inside) => isInside(revealed.path, inside)));
    if (wanted) setTab(wanted.id);
  }, [revealed]);

  const methods = METHODS.includes(request.method) ? METHODS : [request.method, ...METHODS];
  const urlFindings = diagnostics.filter((one) => isInside(one.path, `${path}.url`));
  return (
    <div>
      <div className={styles.bar}>
        <SelectInput
          look="method"
          label="Method"
          labelHidden
          value={request.method}
          choices={methods.map((method) => ({ value: method, label: method || "METHOD" }))}
          onChange={(method) => set("method", method)}
        />
        <div className={styles.url}>
          <TemplateField
            label="URL"
            labelHidden
            bare
            messagesHidden
            placeholder="/path, or a whole address"
            at={[...at, "url"]}
            value={request.url}
            onChange={(url) => set("url", url)}
          />
        </div>
      </div>
      {urlFindings.length > 0 ? (
        <div className={styles.messages}>
          {urlFindings.map((finding) => (
            <FindingLine key={finding.message} finding={finding} />
          ))}
        </div>
      ) : null}
      <div className={styles.tabs}>
        <Tabs
          label="Parts of the request"
          selected={tab}
          onSelect={setTab}
          tabs={tabs.map((one) => ({ ...one, hasError: faulty(one.paths) }))}
          aside={
            tab === "body" ? (
              <SelectInput
                look="quiet"
                label="Body type"
                labelHidden
                value={body.type}
                choices={BODY_TYPES}
                onChange={(type) => set("body", convertedBody(body, type))}
              />
            ) : null
          }
        />
      </div>
    </div>
  );
}
