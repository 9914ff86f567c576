import type { CSSProperties } from "react";
import { columnsOf, type Place } from "@/model/grid";
import type { ControlContent, ControlEvent, ControlView } from "@/platform/wire";
import { ButtonControl } from "./Button/ButtonControl";
import styles from "./Control.module.css";
import { ImageControl } from "./Image/ImageControl";
import { InputControl } from "./Input/InputControl";
import { JsonControl } from "./Json/JsonControl";
import { RecordControl } from "./Record/RecordControl";
import { SelectControl } from "./Select/SelectControl";
import { TableControl } from "./Table/TableControl";
import { TextControl } from "./Text/TextControl";

/** What each kind of control gets. */
export interface ControlProps<Type extends ControlContent["type"]> {
  view: ControlView;
  content: Extract<ControlContent, { type: Type }>;
  send: (event: ControlEvent) => void;
}

interface Props {
  view: ControlView;
  place: Place;
  send: (control: string, event: ControlEvent) => void;
}

/** A control in its place on the grid. */
export function Control({ view, place, send }: Props) {
  return (
    <div
      className={styles.place}
      style={{ "--columns": columnsOf(view.width) } as CSSProperties}
      data-place={place}
      data-testid={`control-${view.id}`}
      data-state={view.state.is}
      aria-busy={view.state.is === "loading"}
    >
      <Kind view={view} send={(event) => send(view.id, event)} />
    </div>
  );
}

function Kind({ view, send }: { view: ControlView; send: (event: ControlEvent) => void }) {
  const { content } = view;
  switch (content.type) {
    case "text":
      return <TextControl view={view} content={content} send={send} />;
    case "input":
      return <InputControl view={view} content={content} send={send} />;
    case "button":
      return <ButtonControl view={view} content={content} send={send} />;
    case "table":
      return <TableControl view={view} content={content} send={send} />;
    case "select":
      return <SelectControl view={view} content={content} send={send} />;
    case "record":
      return <RecordControl view={view} content={content} send={send} />;
    case "json":
      return <JsonControl view={view} content={content} send={send} />;
    case "image":
      return <ImageControl view={view} content={content} send={send} />;
  }
}
