/** The menu of a control, the same on its card, in the inspector and by key. */
import type { KeyboardEvent } from "react";
import type { MenuEntry, MenuPart } from "@/components/MenuButton/MenuButton";
import { type Control, locateControl, screensOf, screenTitle } from "@/model/app";
import { useAppEditor } from "./AppEditorContext";
import { useControlActions } from "./useControlActions";

export interface ControlMenu {
  entries: MenuEntry[];
  parts: MenuPart[];
}

export function useControlMenu(): (control: Control) => ControlMenu {
  const { app, screen, askDelete } = useAppEditor();
  const actions = useControlActions();
  const count = screensOf(app)[screen]?.controls?.length ?? 0;
  return (control) => {
    const index = locateControl(app, control.id)?.index ?? 0;
    const others = screensOf(app)
      .map((one, at) => ({ one, at }))
      .filter(({ at }) => at !== screen);
    return {
      entries: [
        { id: "copy", label: "Copy", keys: "Ctrl+C", onAction: () => void actions.copy(control) },
        {
          id: "duplicate",
          label: "Duplicate",
          keys: "Ctrl+D",
          onAction: () => actions.duplicate(control),
        },
        {
          id: "up",
          label: "Move up",
          keys: "Alt+↑",
          disabled: index === 0,
          onAction: () => actions.moveTo(control, index - 1),
        },
        {
          id: "down",
          label: "Move down",
          keys: "Alt+↓",
          disabled: index === count - 1,
          onAction: () => actions.moveTo(control, index + 1),
        },
        {
          id: "delete",
          label: "Delete",
          keys: "Del",
          danger: true,
          onAction: () => askDelete({ type: "control", id: control.id }),
        },
      ],
      parts:
        others.length === 0
          ? []
          : [
              {
                heading: "Move to screen",
                entries: others.map(({ one, at }) => ({
                  id: `to ${one.id}`,
                  label: screenTitle(one),
                  onAction: () => actions.moveToScreen(control, at),
                })),
              },
            ],
    };
  };
}

/** Copy, paste, duplicate, delete and move by key, where a control is chosen and no text is being edited. */
export function useControlKeys(): (event: KeyboardEvent, control: Control | null) => void {
  const { app, askDelete } = useAppEditor();
  const actions = useControlActions();
  return (event, control) => {
    const key = event.key.toLowerCase();
    const isCommand = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    const done = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (isCommand && key === "v") {
      done();
      void actions.paste();
      return;
    }
    if (!control) return;
    if (isCommand && key === "c") {
      done();
      void actions.copy(control);
    } else if (isCommand && key === "d") {
      done();
      actions.duplicate(control);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      done();
      askDelete({ type: "control", id: control.id });
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      done();
      const index = locateControl(app, control.id)?.index ?? 0;
      actions.moveTo(control, index + (event.key === "ArrowUp" ? -1 : 1));
    }
  };
}
