import { Component, type ErrorInfo, type ReactNode } from "react";
import { Button } from "@/components/Button/Button";
import { Note } from "@/components/Note/Note";
import styles from "./ErrorBoundary.module.css";

interface State {
  error: Error | null;
}

/** A fault in the window is told, and the way on is offered. Drafts are with the core and are not touched. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <main className={styles.page}>
        <h1 className={styles.title}>Something in this window broke</h1>
        <p>
          Your work is safe: the draft was kept as you typed. Try again, or go back to the list; the rest of
          Latchwork goes on.
        </p>
        <Note tone="danger" code="window.unexpected">
          {error.message}
        </Note>
        <div className={styles.actions}>
          <Button kind="primary" onPress={() => this.setState({ error: null })}>
            Try again
          </Button>
          <Button
            onPress={() => {
              window.location.hash = "#/";
              this.setState({ error: null });
            }}
          >
            Back to connectors
          </Button>
        </div>
      </main>
    );
  }
}
