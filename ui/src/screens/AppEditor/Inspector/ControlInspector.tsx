import { useNotices } from "@/components/Notices/Notices";
import { Pill } from "@/components/Tag/Tag";
import { Findings } from "@/editor/Findings/Findings";
import { IdField, renamedWords } from "@/editor/IdField/IdField";
import { TemplateField } from "@/editor/TemplateField/TemplateField";
import { EVENT_WORDS } from "@/model/actionKinds";
import { type Control, type ControlLocation, controlIds, type EventName, readApp } from "@/model/app";
import { controlIdProblem, controlKind, controlTitle } from "@/model/controlKinds";
import type { Path } from "@/model/path";
import { usePlatform } from "@/platform/PlatformContext";
import { ActionList } from "../Actions/ActionList";
import { useAppEditor } from "../AppEditorContext";
import { ControlIcon } from "../controlIcon";
import { useControlMenu } from "../useControlMenu";
import { ControlFields } from "./ControlFields";
import { InspectorFrame, InspectorSection } from "./Inspector";
import styles from "./Inspector.module.css";
import { SourceFields } from "./SourceFields";
import { WidthField } from "./WidthField";

interface Props {
  location: ControlLocation;
  onClose: () => void;
}

/** All that can be set of a control. */
export function ControlInspector({ location, onClose }: Props) {
  const { control, at } = location;
  const { apply } = useAppEditor();
  const menuOf = useControlMenu();
  const kind = controlKind(control.type);
  const menu = menuOf(control);
  const set = (member: string, value: string) =>
    apply({ type: "value_set", at: [...at, member], value: value === "" ? undefined : value });
  return (
    <InspectorFrame
      icon={<ControlIcon type={control.type} />}
      title={controlTitle(control)}
      kind={kind.name}
      menu={{ label: "Actions for this control", ...menu }}
      onClose={onClose}
    >
      <InspectorSection title="Control">
        {control.type === "button" ? null : (
          <TemplateField
            label="Label"
            at={[...at, "label"]}
            value={control.label ?? ""}
            onChange={(label) => set("label", label)}
            placeholder="None"
          />
        )}
        <ControlFields control={control} at={at} />
        <ControlIdField control={control} />
        <Names control={control} />
      </InspectorSection>
      {kind.hasData || control.source ? (
        <SourceFields source={control.source} at={[...at, "source"]} />
      ) : null}
      <Events control={control} at={at} />
      <InspectorSection title="Layout">
        <WidthField width={control.width} at={[...at, "width"]} />
        <TemplateField
          label="Shown when"
          at={[...at, "visible"]}
          value={control.visible ?? ""}
          onChange={(visible) => set("visible", visible)}
          placeholder="Always"
          description="Hidden where this is false, empty or not there yet."
        />
      </InspectorSection>
      <Findings paths={[at]} />
    </InspectorFrame>
  );
}

function Events({ control, at }: { control: Control; at: Path }) {
  const known = controlKind(control.type).events;
  // Actions that this kind never does are shown all the same, so that they can be taken out.
  const others = (Object.keys(control.on ?? {}) as EventName[]).filter(
    (event) => !known.includes(event) && event in EVENT_WORDS,
  );
  return [...known, ...others].map((event) => (
    <ActionList
      key={event}
      title={EVENT_WORDS[event].name}
      about={EVENT_WORDS[event].when}
      at={[...at, "on", event]}
      actions={control.on?.[event] ?? []}
    />
  ));
}

/** What the control leaves for templates on every screen. */
function Names({ control }: { control: Control }) {
  const names = [...controlKind(control.type).names, ...(control.source ? ["data", "status"] : [])];
  if (names.length === 0) return null;
  return (
    <p className={styles.pills}>
      {names.map((name) => (
        <Pill key={name}>
          {control.id}.{name}
        </Pill>
      ))}
      <span className={styles.muted}>on every screen</span>
    </p>
  );
}

/** The core rewrites every reference to a renamed control. */
function ControlIdField({ control }: { control: Control }) {
  const platform = usePlatform();
  const notices = useNotices();
  const { app, documentText, edit, open } = useAppEditor();
  const taken = controlIds(app);
  taken.delete(control.id);
  const rename = async (id: string) => {
    try {
      const renamed = await platform.appControlRename(documentText(), control.id, id);
      edit("rename control", readApp(renamed.document));
      open({ type: "control", id });
      notices.tell(renamedWords("control", id, renamed.changed));
    } catch (cause) {
      notices.fail("The control was not renamed", cause);
      throw cause;
    }
  };
  return (
    <IdField
      id={control.id}
      problemOf={(id) => controlIdProblem(id, taken)}
      description="Renaming it rewrites every reference."
      rename={rename}
    />
  );
}
