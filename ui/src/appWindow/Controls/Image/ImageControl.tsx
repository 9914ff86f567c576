import { ImageOff } from "lucide-react";
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import type { ControlProps } from "../Control";
import { ContentFrame, Nothing, SkeletonLine } from "../ControlFrame";
import styles from "./ImageControl.module.css";

/** A picture; where a click does something, it is a button. */
export function ImageControl({ view, content, send }: ControlProps<"image">) {
  const { source, description, clickable } = content;
  const [broken, setBroken] = useState<string | null>(null);
  const picture =
    source === null || broken === source ? (
      <span className={styles.broken} role="img" aria-label={description || "Picture"}>
        <ImageOff size={20} aria-hidden />
        <span>{description || "This picture could not be shown."}</span>
      </span>
    ) : (
      <img className={styles.picture} src={source} alt={description} onError={() => setBroken(source)} />
    );
  return (
    <ContentFrame
      view={view}
      send={send}
      isBlank={source === null}
      skeleton={
        <div className={styles.waiting}>
          <SkeletonLine width="100%" />
        </div>
      }
      empty={<Nothing>No picture yet.</Nothing>}
    >
      {clickable ? (
        <AriaButton
          className={styles.click ?? ""}
          aria-label={description || view.label || view.id}
          onPress={() => send({ type: "click" })}
        >
          {picture}
        </AriaButton>
      ) : (
        picture
      )}
    </ContentFrame>
  );
}
