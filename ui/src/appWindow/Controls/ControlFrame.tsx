/** What controls have in common: their label, and how they stand. */

import { type ReactNode, useRef } from "react";
import { Button } from "@/components/Button/Button";
import { Marked, Spoken } from "@/components/Spoken/Spoken";
import type { AppError, ControlEvent, ControlView } from "@/platform/wire";
import styles from "./ControlFrame.module.css";

interface Props {
  view: ControlView;
  send: (event: ControlEvent) => void;
  /** Whether there is nothing in it to show. */
  isBlank: boolean;
  /** What is drawn while the first answer is on its way. */
  skeleton: ReactNode;
  /** What is drawn where there is nothing. */
  empty: ReactNode;
  children: ReactNode;
}

/** Around a control that shows something: its content, or why there is none. */
export function ContentFrame({ view, send, isBlank, skeleton, empty, children }: Props) {
  const place = useRef<HTMLElement>(null);
  const { state, label } = view;
  // The button that was pressed goes away with what it brings about.
  const press = (event: ControlEvent) => {
    place.current?.focus();
    send(event);
  };
  return (
    <section
      ref={place}
      tabIndex={-1}
      className={styles.frame}
      aria-label={label === null || label === "" ? undefined : label}
    >
      {label ? <h3 className={styles.label}>{label}</h3> : null}
      <Reloading isOn={state.is === "loading" && !isBlank} />
      {state.is === "error" ? <Failed state={state} onRetry={() => press({ type: "retry" })} /> : null}
      {state.is === "signed_out" ? (
        <SignedOut name={state.name} onSignIn={() => press({ type: "sign_in" })} />
      ) : isBlank || state.is === "empty" ? (
        state.is === "loading" ? (
          <div className={styles.skeleton} role="status" aria-label="Loading">
            {skeleton}
          </div>
        ) : state.is === "error" ? null : (
          empty
        )
      ) : (
        children
      )}
    </section>
  );
}

/** A line that moves while what is shown is asked for again. */
export function Reloading({ isOn }: { isOn: boolean }) {
  return isOn ? <div className={styles.reloading} role="status" aria-label="Loading again" /> : null;
}

/** Below a control that a person acts on: what went wrong, or who has to be signed in to. It stays usable. */
export function ActionState({ view, send }: { view: ControlView; send: (event: ControlEvent) => void }) {
  const { state } = view;
  if (state.is === "error") return <Failed state={state} onRetry={() => send({ type: "retry" })} />;
  if (state.is !== "signed_out") return null;
  return (
    <p className={styles.below}>
      <span>Not signed in to {state.name}.</span>
      <Button small onPress={() => send({ type: "sign_in" })}>
        Sign in to {state.name}
      </Button>
    </p>
  );
}

function Failed({ state, onRetry }: { state: { error: AppError; retry: boolean }; onRetry: () => void }) {
  const { error, retry } = state;
  return (
    <div className={styles.failed} role="alert">
      <div className={styles.words}>
        <p>
          <Spoken text={error.message} />
        </p>
        {error.hint ? (
          <p className={styles.hint}>
            <Marked text={error.hint} />
          </p>
        ) : null}
        <p className={styles.code}>{error.code}</p>
      </div>
      {retry ? (
        <Button small onPress={onRetry}>
          Retry
        </Button>
      ) : null}
    </div>
  );
}

function SignedOut({ name, onSignIn }: { name: string; onSignIn: () => void }) {
  return (
    <div className={styles.signedOut}>
      <p>This needs your {name} account.</p>
      <Button onPress={onSignIn}>Sign in to {name}</Button>
    </div>
  );
}

/** Where there is nothing to show. */
export function Nothing({ children, boxed = true }: { children: ReactNode; boxed?: boolean }) {
  return <p className={boxed ? styles.nothing : styles.hint}>{children}</p>;
}

/** A line of what is on its way. */
export function SkeletonLine({ width }: { width: string }) {
  return <span className={styles.line} style={{ width }} />;
}
