import { Eye, Zap } from "lucide-react";
import { type CSSProperties, type KeyboardEvent, useEffect, useRef } from "react";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { FaultCount } from "@/editor/SidePane/FaultCount";
import { type Control, type Screen, screensOf, screenTitle, widthOf } from "@/model/app";
import { controlKind, controlTitle } from "@/model/controlKinds";
import { type Place, type Placed, placesOf } from "@/model/grid";
import { isInside } from "@/model/path";
import { AddControl } from "../AddControl";
import { useAppEditor } from "../AppEditorContext";
import { useControlKeys } from "../useControlMenu";
import styles from "./Canvas.module.css";
import { ControlSketch } from "./ControlSketch";
import { TemplateWords } from "./TemplateWords";

/** The shown screen, laid out on twelve columns as the app's window lays it out. */
export function Canvas() {
  const { app, screen, place, open } = useAppEditor();
  const shown = screensOf(app)[screen];
  if (!shown) return null;
  const controls = shown.controls ?? [];
  const places = placesOf(controls.map(placed));
  const isScreen = place.type === "screen";
  return (
    <section className={styles.canvas} aria-label={`Canvas of ${screenTitle(shown)}`}>
      <div className={styles.header}>
        <button
          type="button"
          className={styles.screenName}
          aria-pressed={isScreen}
          title="Settings of this screen"
          onClick={() => open({ type: "screen", id: shown.id })}
        >
          {screenTitle(shown)}
        </button>
        <span className={styles.id}>{shown.id}</span>
        <span className={styles.spring} />
        {controls.length > 0 ? <AddControl label="Add control here" /> : null}
      </div>
      <div className={styles.window}>
        <WindowBar current={shown} />
        {controls.length === 0 ? (
          <EmptyState
            title={`“${screenTitle(shown)}” is empty`}
            actions={<AddControl primary label="Add control here" />}
          >
            Add a table and bind it to an endpoint of a connector: its rows are there at once. Then a button
            for what one can do with them.
          </EmptyState>
        ) : (
          <div className={styles.grid}>
            {controls.map((control, index) => (
              <CanvasControl
                key={`${control.id} ${index}`}
                control={control}
                index={index}
                stands={places[index] ?? "top"}
              />
            ))}
          </div>
        )}
      </div>
    </section>
  );
}

/** A control as the window places it; where its data comes from stands below it here only. */
function placed(control: Control): Placed {
  return { type: control.type, width: widthOf(control), isLabelled: Boolean(control.label), saysMore: false };
}

/** The window's head: the app, and the screens that its menu leads to. */
function WindowBar({ current }: { current: Screen }) {
  const { app, open } = useAppEditor();
  const menu = screensOf(app).filter((screen) => screen.in_menu !== false || screen.id === current.id);
  return (
    <div className={styles.windowBar}>
      <b className={styles.appName}>{app.name || "Unnamed"}</b>
      <nav className={styles.menu} aria-label="The app's menu">
        {menu.map((screen, index) => (
          <button
            key={`${screen.id} ${index}`}
            type="button"
            className={styles.menuEntry}
            aria-current={screen.id === current.id ? "true" : undefined}
            data-hidden={screen.in_menu === false || undefined}
            onClick={() => open({ type: "screen", id: screen.id })}
          >
            <span className={styles.menuName} title={screenTitle(screen)}>
              {screenTitle(screen)}
            </span>
            {screen.in_menu === false ? <span className={styles.notInMenu}>not in the menu</span> : null}
          </button>
        ))}
      </nav>
    </div>
  );
}

interface CanvasControlProps {
  control: Control;
  index: number;
  stands: Place;
}

function CanvasControl({ control, index, stands }: CanvasControlProps) {
  const { place, open, screen, diagnostics } = useAppEditor();
  const onKey = useControlKeys();
  const isChosen = place.type === "control" && place.id === control.id;
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isChosen) button.current?.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  const faults = diagnostics.filter(
    (one) => one.severity === "error" && isInside(one.path, `screens[${screen}].controls[${index}]`),
  ).length;
  const title = controlTitle(control);
  const kind = controlKind(control.type).name;
  const { source, label } = control;
  const width = widthOf(control);
  const isNeeded = control.type === "input" && control.required === true;
  return (
    <button
      ref={button}
      type="button"
      className={styles.control}
      style={{ "--span": width, "--narrow-span": Math.min(12, width * 2) } as CSSProperties}
      aria-pressed={isChosen}
      aria-label={`${title}, ${kind}${faults > 0 ? `, ${faults} to fix` : ""}`}
      data-place={stands}
      data-testid={`canvas-${control.id}`}
      onClick={() => open({ type: "control", id: control.id })}
      onKeyDown={(event: KeyboardEvent) => onKey(event, control)}
    >
      {label || isNeeded || faults > 0 || control.visible ? (
        <span className={styles.labelLine}>
          {label ? (
            <span className={styles.label}>
              <TemplateWords source={label} />
            </span>
          ) : null}
          {isNeeded ? <span className={styles.needed}>needed</span> : null}
          <span className={styles.marks}>
            <FaultCount count={faults} isSaid={false} />
            {control.visible ? <Eye size={12} aria-hidden /> : null}
          </span>
        </span>
      ) : null}
      <ControlSketch control={control} />
      {source ? (
        <span className={styles.source} title="Where its data comes from">
          <Zap size={10} aria-hidden />
          {source.connector}.{source.endpoint || "…"}
          {source.run === "manual" ? <span className={styles.faint}>when loaded</span> : null}
        </span>
      ) : null}
    </button>
  );
}
