import { AlertTriangle, CircleAlert, CircleCheck, Info } from "lucide-react";
import type { ReactNode } from "react";
import { Marked } from "@/components/Spoken/Spoken";
import styles from "./Note.module.css";

export type NoteTone = "danger" | "warn" | "info" | "ok";

interface Props {
  tone: NoteTone;
  code?: string | null;
  children: ReactNode;
  help?: ReactNode;
  actions?: ReactNode;
  role?: "alert" | "status";
}

const ICONS = { danger: CircleAlert, warn: AlertTriangle, info: Info, ok: CircleCheck };

export function Note({ tone, code, children, help, actions, role }: Props) {
  const Icon = ICONS[tone];
  return (
    <div className={`${styles.note} ${styles[tone]}`} role={role}>
      <Icon size={15} className={styles.icon} aria-hidden />
      <div className={styles.words}>
        <div>
          {code ? <b className={styles.code}>{code}</b> : null}
          {children}
        </div>
        {help ? (
          <div className={styles.help}>{typeof help === "string" ? <Marked text={help} /> : help}</div>
        ) : null}
      </div>
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </div>
  );
}
