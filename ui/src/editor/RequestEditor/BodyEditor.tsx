import { EmptyState } from "@/components/EmptyState/EmptyState";
import { TextInput } from "@/components/TextInput/TextInput";
import type { Body, BodyType } from "@/model/connector";
import type { Path } from "@/model/path";
import { useEditor } from "../EditorContext";
import { GraphqlEditor } from "../GraphqlEditor/GraphqlEditor";
import { JsonField } from "../JsonField/JsonField";
import { ParameterTable } from "../ParameterTable/ParameterTable";
import { TemplateField } from "../TemplateField/TemplateField";
import styles from "./RequestEditor.module.css";

export const BODY_TYPES: { value: BodyType; label: string; description: string }[] = [
  { value: "none", label: "No body", description: "Nothing is sent" },
  { value: "json", label: "JSON", description: "Each string in it is a template" },
  { value: "form", label: "Form", description: "application/x-www-form-urlencoded" },
  { value: "multipart", label: "Multipart", description: "multipart/form-data" },
  { value: "text", label: "Text", description: "Any text, with its content type" },
  { value: "graphql", label: "GraphQL", description: "A query and its variables" },
];

/** A body of another type that keeps what both types can hold. */
export function convertedBody(body: Body, type: BodyType): Body | undefined {
  if (type === body.type) return body;
  const fields = body.type === "form" || body.type === "multipart" ? body.fields : [];
  switch (type) {
    case "none":
      return undefined;
    case "json":
      return { type, value: Object.fromEntries(fields.map((field) => [field.name, field.value])) };
    case "form":
    case "multipart": {
      if (body.type !== "json" || typeof body.value !== "object" || body.value === null)
        return { type, fields };
      const strings = Object.entries(body.value).filter(
        (pair): pair is [string, string] => typeof pair[1] === "string",
      );
      return { type, fields: strings.map(([name, value]) => ({ name, value })) };
    }
    case "text":
      return { type, content_type: "text/plain", content: "" };
    case "graphql":
      return { type, query: "query {\n  \n}", variables: {} };
  }
}

export function BodyEditor({ body, at }: { body: Body; at: Path }) {
  const { apply } = useEditor();
  const set = (member: string, value: unknown, typing = false) =>
    apply({ type: "value_set", at: [...at, member], value, typing });
  switch (body.type) {
    case "none":
      return (
        <EmptyState title="This request has no body">Choose a type on the right to send one.</EmptyState>
      );
    case "json":
      return (
        <JsonField
          label="JSON body"
          labelHidden
          at={[...at, "value"]}
          value={body.value}
          onChange={(value) => set("value", value, true)}
        />
      );
    case "form":
    case "multipart":
      return (
        <ParameterTable noun="field" at={[...at, "fields"]} rows={body.fields} emptyText="No fields yet." />
      );
    case "text":
      return (
        <div className={styles.stack}>
          <TextInput
            label="Content type"
            mono
            value={body.content_type}
            onChange={(value) => set("content_type", value)}
            placeholder="text/xml"
          />
          <TemplateField
            label="Text"
            multiline
            at={[...at, "content"]}
            value={body.content}
            onChange={(value) => set("content", value)}
          />
        </div>
      );
    case "graphql":
      return <GraphqlEditor body={body} at={at} />;
  }
}
