import { Monitor } from "lucide-react";
import { useNotices } from "@/components/Notices/Notices";
import { TextInput } from "@/components/TextInput/TextInput";
import { Toggle } from "@/components/Toggle/Toggle";
import { Findings } from "@/editor/Findings/Findings";
import { IdField, renamedWords } from "@/editor/IdField/IdField";
import { type Screen, screenIds, screensOf, screenTitle } from "@/model/app";
import { screenRenamed } from "@/model/appEdits";
import { idProblem } from "@/model/stepKinds";
import { ActionList } from "../Actions/ActionList";
import { useAppEditor } from "../AppEditorContext";
import { pathsOfAppPlace } from "../appPlace";
import { InspectorFrame, InspectorSection } from "./Inspector";

const NO_RESERVED: ReadonlySet<string> = new Set();

interface Props {
  screen: Screen;
  index: number;
  onClose: () => void;
}

/** A screen's own settings; its controls stand in the canvas. */
export function ScreenInspector({ screen, index, onClose }: Props) {
  const { app, apply, edit, open, askDelete } = useAppEditor();
  const notices = useNotices();
  const at = ["screens", index];
  const taken = screenIds(app);
  taken.delete(screen.id);
  const isLast = screensOf(app).length < 2;
  return (
    <InspectorFrame
      icon={<Monitor size={14} strokeWidth={1.8} aria-hidden />}
      title={screenTitle(screen)}
      kind="Screen"
      onClose={onClose}
      menu={{
        label: "Actions for this screen",
        entries: [
          {
            id: "delete",
            label: "Delete",
            danger: true,
            disabled: isLast,
            ...(isLast ? { description: "An app has one screen at least." } : {}),
            onAction: () => askDelete({ type: "screen", id: screen.id }),
          },
        ],
      }}
    >
      <InspectorSection title="Screen">
        <TextInput
          label="Name"
          value={screen.name ?? ""}
          placeholder={screen.id}
          onChange={(name) => apply({ type: "value_set", at: [...at, "name"], value: name })}
        />
        <IdField
          id={screen.id}
          problemOf={(id) => idProblem(id, "screen", NO_RESERVED, taken)}
          description="What actions go to. Renaming it rewrites them."
          rename={(id) => {
            const renamed = screenRenamed(app, screen.id, id);
            edit("rename screen", renamed.app);
            open({ type: "screen", id });
            notices.tell(renamedWords("screen", id, renamed.changed));
          }}
        />
        <Toggle
          label="In the menu"
          description={
            screen.in_menu === false
              ? "Only actions lead here."
              : "The app's menu leads here, in the order of the screens."
          }
          isSelected={screen.in_menu !== false}
          onChange={(on) =>
            apply({ type: "value_set", at: [...at, "in_menu"], value: on ? undefined : false })
          }
        />
      </InspectorSection>
      <ActionList
        title="When shown"
        about="What is done whenever this screen is shown, before a person does anything."
        at={[...at, "on_load"]}
        actions={screen.on_load ?? []}
      />
      <Findings paths={pathsOfAppPlace(app, { type: "screen", id: screen.id })} />
    </InspectorFrame>
  );
}
