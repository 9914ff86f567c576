import { SegmentedInput } from "@/components/SegmentedInput/SegmentedInput";
import { SelectInput } from "@/components/SelectInput/SelectInput";
import { Toggle } from "@/components/Toggle/Toggle";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import type { AppInputType, ButtonStyle, Control, TextStyle } from "@/model/app";
import type { Path } from "@/model/path";
import { useAppEditor } from "../AppEditorContext";
import { LabelledValues } from "./LabelledValues";
import { SelectChoices } from "./SelectChoices";

const TEXT_STYLES: { value: TextStyle; label: string }[] = [
  { value: "title", label: "Title" },
  { value: "heading", label: "Heading" },
  { value: "body", label: "Body" },
  { value: "muted", label: "Muted" },
];
const INPUT_TYPES: { value: AppInputType; label: string; description: string }[] = [
  { value: "text", label: "Text", description: "One line" },
  { value: "number", label: "Number", description: "Its value is a number" },
  { value: "email", label: "E-mail", description: "Its form is checked" },
  { value: "multiline", label: "Long text", description: "Several lines" },
];
const BUTTON_STYLES: { value: ButtonStyle; label: string }[] = [
  { value: "primary", label: "Primary" },
  { value: "secondary", label: "Secondary" },
  { value: "danger", label: "Danger" },
];

/** What a control of its kind has and others have not. */
export function ControlFields({ control, at }: { control: Control; at: Path }) {
  const { apply } = useAppEditor();
  const set = (member: string, value: unknown) => apply({ type: "value_set", at: [...at, member], value });
  const template = (member: string, value: string | undefined) => ({
    at: [...at, member],
    value: value ?? "",
    onChange: (next: string) => set(member, next === "" ? undefined : next),
  });
  switch (control.type) {
    case "text":
      return (
        <>
          <TemplateField label="Text" multiline {...template("text", control.text)} />
          <SegmentedInput
            label="Style"
            value={control.style ?? "body"}
            choices={TEXT_STYLES}
            onChange={(style) => set("style", style === "body" ? undefined : style)}
          />
        </>
      );
    case "input":
      return (
        <>
          <SelectInput
            label="Type"
            value={control.input_type ?? "text"}
            choices={INPUT_TYPES}
            onChange={(type) => set("input_type", type === "text" ? undefined : type)}
          />
          <TemplateField
            label="Default"
            {...template("default", control.default)}
            placeholder="Empty"
            description="Filled in before the person types."
          />
          <TemplateField label="Placeholder" {...template("placeholder", control.placeholder)} />
          <Toggle
            label="Required"
            description="An empty value is said to be missing."
            isSelected={control.required === true}
            onChange={(on) => set("required", on ? true : undefined)}
          />
        </>
      );
    case "button":
      return (
        <>
          <TemplateField label="Text" {...template("text", control.text)} />
          <SegmentedInput
            label="Style"
            value={control.style ?? "secondary"}
            choices={BUTTON_STYLES}
            onChange={(style) => set("style", style === "secondary" ? undefined : style)}
          />
          <TemplateField
            label="Disabled when"
            {...template("disabled", control.disabled)}
            placeholder="Never"
            description="Switched off where this is true."
          />
        </>
      );
    case "table":
      return (
        <>
          <TemplateField
            label="Rows"
            {...template("rows", control.rows)}
            placeholder="The answer, or the one list in it"
            description="A template that gives a list."
          />
          <LabelledValues
            title="Columns"
            noun="column"
            name="row"
            emptyText="Columns from the answer: the members of its first rows."
            at={[...at, "columns"]}
            values={control.columns ?? []}
          />
          <TemplateField
            label="Said where there are no rows"
            {...template("empty_text", control.empty_text)}
            placeholder="Nothing to show"
          />
        </>
      );
    case "select":
      return (
        <>
          <SelectChoices control={control} at={at} />
          <TemplateField label="Default" {...template("default", control.default)} placeholder="None" />
          <TemplateField label="Placeholder" {...template("placeholder", control.placeholder)} />
        </>
      );
    case "record":
      return (
        <>
          <TemplateField
            label="Object"
            {...template("value", control.value)}
            placeholder="The answer"
            description="A template that gives an object."
          />
          <LabelledValues
            title="Lines"
            noun="line"
            name="record"
            emptyText="Every member of the object."
            at={[...at, "fields"]}
            values={control.fields ?? []}
          />
        </>
      );
    case "json":
      return (
        <TemplateField
          label="Value"
          {...template("value", control.value)}
          placeholder="The answer"
          description="A template that gives any value."
        />
      );
    case "image":
      return (
        <>
          <TemplateField
            label="Picture"
            {...template("value", control.value)}
            placeholder="The answer"
            description="A template that gives data:image/…;base64,… An app loads nothing from the network by itself."
          />
          <TemplateField
            label="Description"
            {...template("description", control.description)}
            description="What it shows, for those who do not see it."
          />
        </>
      );
    default:
      return null;
  }
}
