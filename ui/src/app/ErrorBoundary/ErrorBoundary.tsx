import { Component, type ErrorInfo, type ReactNode } from "react";
import { Button } from "@/components/Button/Button";
import { Note } from "@/components/Note/Note";
import styles from "./ErrorBoundary.module.css";

interface State {
  error: Error | null;
}

interface Props {
  children: ReactNode;
  /** What is safe, and what can be done. */
  words?: string;
  /** Where else to go. */
  wayOut?: { label: string; go: () => void };
}

const STUDIO_WORDS =
  "Your work is safe: the draft was kept as you typed. Try again, or go back to the list; the rest of Latchwork goes on.";
const STUDIO_WAY_OUT = {
  label: "Back to connectors",
  go: () => {
    window.location.hash = "#/";
  },
};

/** A fault in the window is told, and the way on is offered. Drafts are with the core and are not touched. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    const { error } = this.state;
    const { children, words = STUDIO_WORDS, wayOut = STUDIO_WAY_OUT } = this.props;
    if (!error) return children;
    return (
      <main className={styles.page}>
        <h1 className={styles.title}>Something in this window broke</h1>
        <p>{words}</p>
        <Note tone="danger" code="window.unexpected">
          {error.message}
        </Note>
        <div className={styles.actions}>
          <Button kind="primary" onPress={() => this.setState({ error: null })}>
            Try again
          </Button>
          <Button
            onPress={() => {
              wayOut.go();
              this.setState({ error: null });
            }}
          >
            {wayOut.label}
          </Button>
        </div>
      </main>
    );
  }
}
