import { SegmentedInput } from "@/components/SegmentedInput/SegmentedInput";
import { FieldFindings } from "@/editor/Findings/FieldFindings";
import { OptionList } from "@/editor/OptionsEditor/OptionsEditor";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { SelectControl } from "@/model/app";
import { formatPath, type Path } from "@/model/path";
import { useAppEditor } from "../AppEditorContext";

type From = "written" | "template" | "answer";

function fromOf(options: SelectControl["options"]): From {
  if (options === undefined) return "answer";
  return typeof options === "string" ? "template" : "written";
}

/** What a select offers: written here, given by a template, or out of its own answer. */
export function SelectChoices({ control, at }: { control: SelectControl; at: Path }) {
  const { apply } = useAppEditor();
  const { options } = control;
  const from = fromOf(options);
  const listAt = [...at, "options"];
  const template = (member: "option_value" | "option_label") => ({
    at: [...at, member],
    value: control[member] ?? "",
    onChange: (text: string) =>
      apply({ type: "value_set", at: [...at, member], value: text === "" ? undefined : text }),
  });
  const choose = (next: From) => {
    // A list without a choice is no valid file.
    const value = { written: [{ value: "", label: "" }], template: "", answer: undefined }[next];
    if (next !== from) apply({ type: "value_set", at: listAt, value });
  };
  return (
    <>
      <div data-path={formatPath(listAt)}>
        <SegmentedInput
          label="Choices"
          value={from}
          choices={[
            { value: "written", label: "Written here" },
            { value: "template", label: "By a template" },
            { value: "answer", label: "The answer" },
          ]}
          onChange={choose}
        />
        {from === "template" ? null : <FieldFindings at={listAt} />}
      </div>
      {Array.isArray(options) ? <OptionList options={options} at={listAt} /> : null}
      {typeof options === "string" ? (
        <TemplateField
          label="List of choices"
          at={listAt}
          value={options}
          onChange={(text) => apply({ type: "value_set", at: listAt, value: text })}
          placeholder="{{ list.data.items }}"
        />
      ) : null}
      {from === "written" ? null : (
        <>
          <TemplateField
            label="Value of a choice"
            {...template("option_value")}
            placeholder="{{ row.id }}"
            description="Not needed where the list is of { value, label }."
          />
          <TemplateField
            label="What people read"
            {...template("option_label")}
            placeholder="{{ row.name }}"
          />
        </>
      )}
    </>
  );
}
