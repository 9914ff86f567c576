/** What can be done with the controls of the shown screen, by menu, key or button alike. */
import { useNotices } from "@/components/Notices/Notices";
import {
  type Control,
  type ControlType,
  controlIds,
  locateControl,
  screensOf,
  screenTitle,
} from "@/model/app";
import { controlAdded, controlDuplicated, controlMoved, controlRemoved } from "@/model/appEdits";
import { CONTROL_FORMAT, controlFrom, controlTitle, newControl } from "@/model/controlKinds";
import { tryParseJson, writeJson } from "@/model/json";
import { freeId } from "@/model/stepKinds";
import { usePlatform } from "@/platform/PlatformContext";
import { useAppEditor } from "./AppEditorContext";

export interface ControlActions {
  add: (type: ControlType) => void;
  paste: () => Promise<void>;
  copy: (control: Control) => Promise<void>;
  duplicate: (control: Control) => void;
  /** To a place on its own screen. */
  moveTo: (control: Control, index: number) => void;
  moveToScreen: (control: Control, screen: number) => void;
  remove: (control: Control) => void;
}

export function useControlActions(): ControlActions {
  const platform = usePlatform();
  const notices = useNotices();
  const { app, edit, open, place, screen } = useAppEditor();
  const controls = screensOf(app)[screen]?.controls ?? [];

  /** Behind the control that is open, else at the end. */
  const insertAt = (): number => {
    const at = place.type === "control" ? controls.findIndex((one) => one.id === place.id) : -1;
    return at < 0 ? controls.length : at + 1;
  };
  const insert = (reason: string, control: Control) => {
    edit(reason, controlAdded(app, screen, insertAt(), control));
    open({ type: "control", id: control.id });
  };

  return {
    add: (type) => insert("add control", newControl(type, controlIds(app))),
    paste: async () => {
      try {
        const pasted = controlFrom(tryParseJson(await platform.clipboardRead()));
        if (!pasted) {
          notices.fail("No control was pasted", {
            code: "clipboard.no_control",
            message: "The clipboard holds no control.",
            hint: "Copy one in an app's editor first.",
          });
          return;
        }
        insert("paste control", { ...pasted, id: freeId(pasted.id, controlIds(app)) });
        notices.tell(`“${controlTitle(pasted)}” was pasted.`);
      } catch (cause) {
        notices.fail("No control was pasted", cause);
      }
    },
    copy: async (control) => {
      try {
        await platform.clipboardWrite(writeJson({ format: CONTROL_FORMAT, control }, 2));
        notices.tell(`“${controlTitle(control)}” was copied.`);
      } catch (cause) {
        notices.fail("The control was not copied", cause);
      }
    },
    duplicate: (control) => {
      const copied = controlDuplicated(app, control.id);
      edit("duplicate control", copied.app);
      open({ type: "control", id: copied.id });
    },
    moveTo: (control, index) => edit("move control", controlMoved(app, control.id, screen, index)),
    moveToScreen: (control, to) => {
      edit("move control", controlMoved(app, control.id, to, Number.POSITIVE_INFINITY));
      const target = screensOf(app)[to];
      if (target) notices.tell(`“${controlTitle(control)}” is on ${screenTitle(target)} now.`);
      open({ type: "control", id: control.id });
    },
    remove: (control) => {
      const index = locateControl(app, control.id)?.index ?? 0;
      const next = controls[index + 1] ?? controls[index - 1];
      const shown = screensOf(app)[screen];
      edit("delete control", controlRemoved(app, control.id));
      if (next) open({ type: "control", id: next.id });
      else if (shown) open({ type: "screen", id: shown.id });
    },
  };
}
