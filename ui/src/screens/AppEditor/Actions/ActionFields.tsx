import { ComboInput } from "@/components/ComboInput/ComboInput";
import { Note } from "@/components/Note/Note";
import { SegmentedInput } from "@/components/SegmentedInput/SegmentedInput";
import { type Choice, SelectInput } from "@/components/SelectInput/SelectInput";
import { Toggle } from "@/components/Toggle/Toggle";
import { FieldFindings } from "@/editor/Findings/FieldFindings";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import { type Action, type App, controlsOf, type MessageTone, screensOf, screenTitle } from "@/model/app";
import { controlTitle } from "@/model/controlKinds";
import { formatPath, type Path } from "@/model/path";
import { useAppEditor } from "../AppEditorContext";
import { connectorTitle } from "../bindable";
import { CallFields } from "../Inspector/CallFields";
import { NestedActions } from "./ActionList";

const TONES: { value: MessageTone; label: string }[] = [
  { value: "info", label: "Info" },
  { value: "success", label: "Success" },
  { value: "warning", label: "Warning" },
  { value: "danger", label: "Error" },
];

/** The ids that there are, and the one of the file where it is none of them. */
function withGiven(choices: Choice<string>[], given: string): Choice<string>[] {
  const isThere = given === "" || choices.some((one) => one.value === given);
  return isThere ? choices : [...choices, { value: given, label: `${given} (not there)` }];
}

function targets(app: App): string[] {
  return [
    ...(app.variables ?? []).map((one) => `vars.${one.name}`),
    ...[...controlsOf(app)]
      .filter(({ control }) => control.type === "input" || control.type === "select")
      .map(({ control }) => control.id),
  ];
}

/** What an action of its kind has and others have not. */
export function ActionFields({ action, at }: { action: Action; at: Path }) {
  const { app, apply, library } = useAppEditor();
  const set = (member: string, value: unknown) => apply({ type: "value_set", at: [...at, member], value });
  switch (action.type) {
    case "call":
      return (
        <>
          <CallFields call={action} at={at} />
          <NestedActions
            title="Then"
            about="Nothing more. What stands here finds the answer as answer.body, .status, .headers."
            at={[...at, "then"]}
            actions={action.then ?? []}
          />
          <NestedActions
            title="Where it fails"
            about="The error is shown. What stands here is done instead, and finds it as error.message, .code, .status."
            at={[...at, "otherwise"]}
            actions={action.otherwise ?? []}
          />
        </>
      );
    case "load":
      return (
        <Reference
          label="Control"
          at={[...at, "control"]}
          value={action.control}
          choices={[...controlsOf(app)]
            .filter(({ control }) => control.source)
            .map(({ control, screen }) => ({
              value: control.id,
              label: controlTitle(control),
              description: `${control.id} · ${screenTitle(screen)}`,
            }))}
          emptyText="No control has a source"
        />
      );
    case "set_value":
      return (
        <>
          <div data-path={formatPath([...at, "target"])}>
            <ComboInput
              label="Target"
              value={action.target}
              choices={targets(app)}
              placeholder="vars.name, or an input"
              onChange={(target) => set("target", target)}
            />
            <FieldFindings at={[...at, "target"]} />
          </div>
          <TemplateField
            label="Value"
            at={[...at, "value"]}
            value={action.value}
            onChange={(value) => set("value", value)}
          />
        </>
      );
    case "go_to_screen":
      return (
        <Reference
          label="Screen"
          at={[...at, "screen"]}
          value={action.screen}
          choices={screensOf(app).map((screen) => ({
            value: screen.id,
            label: screenTitle(screen),
            description: screen.id,
          }))}
          emptyText="No screens"
        />
      );
    case "show_message":
      return (
        <>
          <TemplateField
            label="Message"
            multiline
            at={[...at, "text"]}
            value={action.text}
            onChange={(text) => set("text", text)}
          />
          <SegmentedInput
            label="Tone"
            value={action.tone ?? "info"}
            choices={TONES}
            onChange={(tone) => set("tone", tone === "info" ? undefined : tone)}
          />
        </>
      );
    case "open_link":
      return (
        <TemplateField
          label="Address"
          at={[...at, "url"]}
          value={action.url}
          onChange={(url) => set("url", url)}
          placeholder="https://"
          description="http or https; it opens in the system's browser."
        />
      );
    case "navigate_to_authentication":
      return (
        <>
          <p>
            Clears the person's own sign-ins of this app's connectors and shows the Authentication screen.
          </p>
          <Toggle
            label={`Reload app: ${action.reload_app ? "TRUE" : "FALSE"}`}
            description={
              action.reload_app
                ? "After Continue the app starts from the beginning: what was typed and chosen is gone."
                : "After Continue the person is back on the same screen, with all that they typed and chose, and the actions below go on."
            }
            isSelected={action.reload_app === true}
            onChange={(on) => set("reload_app", on ? true : undefined)}
          />
          <FieldFindings at={[...at, "reload_app"]} />
        </>
      );
    case "clear_cached_auth":
      return (
        <>
          <Reference
            label="Connector"
            at={[...at, "connector"]}
            value={action.connector}
            choices={(app.connectors ?? []).map((one) => ({
              value: one.id,
              label: one.id,
              description: connectorTitle(one, library),
            }))}
            emptyText="The app has no connector"
          />
          <Note tone="info">The next call of this connector asks the person to sign in again.</Note>
        </>
      );
    default:
      return null;
  }
}

interface ReferenceProps {
  label: string;
  at: Path;
  value: string;
  choices: Choice<string>[];
  emptyText: string;
}

function Reference({ label, at, value, choices, emptyText }: ReferenceProps) {
  const { apply } = useAppEditor();
  const all = withGiven(choices, value);
  return (
    <div data-path={formatPath(at)}>
      <SelectInput
        label={label}
        value={value || null}
        choices={all}
        placeholder={all.length === 0 ? emptyText : "Choose"}
        isDisabled={all.length === 0}
        onChange={(next) => apply({ type: "value_set", at, value: next })}
      />
      <FieldFindings at={at} />
    </div>
  );
}
