import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps, Tooltip, TooltipTrigger } from "react-aria-components";
import styles from "./Button.module.css";

export type ButtonKind = "plain" | "primary" | "quiet" | "danger";

interface Props extends Omit<ButtonProps, "className" | "style"> {
  kind?: ButtonKind;
  small?: boolean;
  grow?: boolean;
  "data-testid"?: string;
}

export function Button({ kind = "plain", small = false, grow = false, ...props }: Props) {
  const names = [styles.button, styles[kind], small && styles.small, grow && styles.grow];
  return <AriaButton {...props} className={names.filter(Boolean).join(" ")} />;
}

interface IconButtonProps extends Omit<Props, "children" | "small"> {
  label: string;
  icon: ReactNode;
  /** What the tooltip says where it is more than the name. */
  hint?: string;
}

/** A button that is only an icon: its name is said, and shown on hover and focus. */
export function IconButton({ label, icon, hint, kind = "quiet", ...props }: IconButtonProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      <AriaButton {...props} aria-label={label} className={`${styles.button} ${styles[kind]} ${styles.icon}`}>
        {icon}
      </AriaButton>
      <Tooltip className={styles.tooltip} offset={6}>
        {hint ?? label}
      </Tooltip>
    </TooltipTrigger>
  );
}
