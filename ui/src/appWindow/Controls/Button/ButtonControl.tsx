import { Button, type ButtonKind } from "@/components/Button/Button";
import { StatusDot } from "@/components/StatusDot/StatusDot";
import type { ControlProps } from "../Control";
import { ActionState } from "../ControlFrame";
import styles from "./ButtonControl.module.css";

const KINDS: Record<ControlProps<"button">["content"]["style"], ButtonKind> = {
  primary: "primary",
  secondary: "plain",
  danger: "danger",
};

/** Something to click. While what it does goes on, it is not clicked again. */
export function ButtonControl({ view, content, send }: ControlProps<"button">) {
  const isLoading = view.state.is === "loading";
  return (
    <div className={styles.button}>
      {view.label ? <span className={styles.label}>{view.label}</span> : null}
      <Button
        kind={KINDS[content.style]}
        isDisabled={!content.enabled}
        isPending={isLoading}
        onPress={() => send({ type: "click" })}
      >
        {isLoading ? <StatusDot state="running" word="working" /> : null}
        {content.text}
      </Button>
      <ActionState view={view} send={send} />
    </div>
  );
}
