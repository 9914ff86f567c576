import { ClipboardPaste, Eye, Monitor, Plus } from "lucide-react";
import { Button, IconButton } from "@/components/Button/Button";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { Tag } from "@/components/Tag/Tag";
import { type Card, CardList } from "@/editor/CardList/CardList";
import {
  PartButton,
  SideButtons,
  SideEmpty,
  SidePane,
  SideParts,
  SideSection,
} from "@/editor/SidePane/SidePane";
import { type Control, type Screen, screensOf, screenTitle } from "@/model/app";
import { screenAdded } from "@/model/appEdits";
import { controlSummary, controlTitle } from "@/model/controlKinds";
import { isInside } from "@/model/path";
import { AddControl } from "../AddControl";
import { useAppEditor } from "../AppEditorContext";
import type { AppPlace } from "../appPlace";
import { ControlIcon } from "../controlIcon";
import { useControlActions } from "../useControlActions";
import { useControlKeys, useControlMenu } from "../useControlMenu";

function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`;
}

/** The left side: screens, the controls of the one that is shown, and the other parts of the app. */
export function AppSidePane() {
  return (
    <SidePane label="App">
      <Screens />
      <Controls />
      <AppParts />
    </SidePane>
  );
}

function Screens() {
  const { app, edit, open, apply, place, screen, askDelete, diagnostics } = useAppEditor();
  const screens = screensOf(app);
  const add = () => {
    const added = screenAdded(app, screens.length, `Screen ${screens.length + 1}`);
    edit("add screen", added.app);
    open({ type: "screen", id: added.id });
  };
  const moveTo = (from: number, to: number) => apply({ type: "item_moved", list: ["screens"], from, to });
  const card = (one: Screen, index: number): Card => ({
    id: one.id,
    testId: `screen-card-${one.id}`,
    title: screenTitle(one),
    summary: `${one.id} · ${counted(one.controls?.length ?? 0, "control")}`,
    isCurrent: index === screen && place.type === "control",
    icon: <Monitor size={14} strokeWidth={1.8} aria-hidden />,
    faults: diagnostics.filter(
      (finding) => finding.severity === "error" && isInside(finding.path, `screens[${index}]`),
    ).length,
    aside: index === 0 ? <Tag title="The app starts here">start</Tag> : null,
    menu: [
      {
        id: "up",
        label: "Move up",
        keys: "Alt+↑",
        disabled: index === 0,
        onAction: () => moveTo(index, index - 1),
      },
      {
        id: "down",
        label: "Move down",
        keys: "Alt+↓",
        disabled: index === screens.length - 1,
        onAction: () => moveTo(index, index + 1),
      },
      {
        id: "menu",
        label: one.in_menu === false ? "Show in the menu" : "Leave out of the menu",
        onAction: () =>
          apply({
            type: "value_set",
            at: ["screens", index, "in_menu"],
            value: one.in_menu === false ? undefined : false,
          }),
      },
      {
        id: "delete",
        label: "Delete",
        danger: true,
        disabled: screens.length < 2,
        ...(screens.length < 2 ? { description: "An app has one screen at least." } : {}),
        onAction: () => askDelete({ type: "screen", id: one.id }),
      },
    ],
  });
  return (
    <SideSection
      title="Screens"
      note={String(screens.length)}
      actions={<IconButton label="Add screen" icon={<Plus size={15} />} onPress={add} />}
    >
      <CardList
        label="Screens"
        cards={screens.map(card)}
        selected={place.type === "screen" ? screen : -1}
        onSelect={(index) => {
          const one = screens[index];
          if (one) open({ type: "screen", id: one.id });
        }}
        onMove={moveTo}
      />
    </SideSection>
  );
}

function Controls() {
  const { app, place, open, screen, diagnostics } = useAppEditor();
  const actions = useControlActions();
  const menuOf = useControlMenu();
  const onKey = useControlKeys();
  const shown = screensOf(app)[screen];
  if (!shown) return null;
  const controls = shown.controls ?? [];
  const card = (control: Control, index: number): Card => {
    const menu = menuOf(control);
    return {
      id: control.id,
      testId: `control-card-${control.id}`,
      title: controlTitle(control),
      summary: controlSummary(control),
      icon: <ControlIcon type={control.type} />,
      faults: diagnostics.filter(
        (finding) =>
          finding.severity === "error" && isInside(finding.path, `screens[${screen}].controls[${index}]`),
      ).length,
      aside: control.visible ? (
        <Eye size={13} strokeWidth={1.8} role="img" aria-label="Shown on a condition" />
      ) : null,
      menu: menu.entries,
      menuParts: menu.parts,
    };
  };
  return (
    <SideSection title={`Controls of ${screenTitle(shown)}`} note={String(controls.length)} isLater>
      {controls.length === 0 ? (
        <SideEmpty>
          <EmptyState title="No controls yet">Begin with a table for an answer's rows.</EmptyState>
        </SideEmpty>
      ) : (
        <CardList
          label={`Controls of ${screenTitle(shown)}`}
          cards={controls.map(card)}
          selected={place.type === "control" ? controls.findIndex((one) => one.id === place.id) : -1}
          onSelect={(index) => {
            const control = controls[index];
            if (control) open({ type: "control", id: control.id });
          }}
          onMove={(from, to) => {
            const control = controls[from];
            if (control) actions.moveTo(control, to);
          }}
          onKey={(event, index) => onKey(event, controls[index] ?? null)}
        />
      )}
      <SideButtons>
        <AddControl grow />
        <Button onPress={() => void actions.paste()}>
          <ClipboardPaste size={14} aria-hidden />
          Paste
        </Button>
      </SideButtons>
    </SideSection>
  );
}

function AppParts() {
  const { app, place, open, diagnostics } = useAppEditor();
  const faults = (...paths: readonly string[]) =>
    diagnostics.filter((one) => one.severity === "error" && paths.some((path) => isInside(one.path, path)))
      .length;
  const part = (type: Exclude<AppPlace["type"], "screen" | "control">) => ({
    isOpen: place.type === type,
    onOpen: () => open({ type }),
  });
  return (
    <SideParts label="Parts of the app">
      <PartButton
        name="Connectors"
        value={app.connectors?.length ?? 0}
        faults={faults("connectors")}
        {...part("connectors")}
      />
      <PartButton
        name="Variables"
        value={app.variables?.length ?? 0}
        faults={faults("variables")}
        {...part("variables")}
      />
      <PartButton
        name="App settings"
        value={app.managed_auth_at_start === false ? "sign-in when needed" : "sign-in at start"}
        faults={faults("name", "description", "managed_auth_at_start", "format", "id")}
        {...part("settings")}
      />
    </SideParts>
  );
}
