import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import styles from "./Dialog.module.css";

interface Props {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  width?: number;
  role?: "dialog" | "alertdialog";
  /** Whether a click beside it or Escape closes it. */
  isDismissable?: boolean;
  onEscape?: () => void;
  testId?: string;
}

export function Dialog(props: Props) {
  const { title, isOpen, onClose, children, width = 440, role = "dialog", isDismissable = true } = props;
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={isDismissable}
      isKeyboardDismissDisabled={props.onEscape !== undefined}
      className={styles.overlay ?? ""}
    >
      <Modal className={styles.modal ?? ""} style={{ width }}>
        <AriaDialog role={role} className={styles.dialog ?? ""} data-testid={props.testId}>
          <Heading slot="title" className={styles.title}>
            {title}
          </Heading>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the dialog's own Escape, asked for by its owner */}
          <div
            onKeyDown={(event) => {
              if (event.key === "Escape" && props.onEscape) {
                event.stopPropagation();
                props.onEscape();
              }
            }}
          >
            {children}
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The buttons at a dialog's foot, the main one last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className={styles.actions}>{children}</div>;
}
