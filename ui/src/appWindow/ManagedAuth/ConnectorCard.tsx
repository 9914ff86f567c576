import { useEffect, useRef } from "react";
import { Button } from "@/components/Button/Button";
import { Note } from "@/components/Note/Note";
import { Spoken } from "@/components/Spoken/Spoken";
import { Tag } from "@/components/Tag/Tag";
import type { AppConnectorView } from "@/platform/wire";
import { WaitingSignIn } from "@/run/WaitingSignIn/WaitingSignIn";
import { canSignIn, tileLetters } from "../words";
import { CardActions } from "./CardActions";
import { CardForm } from "./CardForm";
import { CardState } from "./CardState";
import styles from "./ConnectorCard.module.css";
import { isBusy } from "./signInPhase";
import { useCardSignIn } from "./useCardSignIn";

export interface CardProps {
  connector: AppConnectorView;
  /** It is its turn: its form is there without a click. */
  opensItself: boolean;
  /** Whether it says that the app starts without it. */
  showsOptional: boolean;
  onBusy: (id: string, busy: boolean) => void;
  onSignedIn: (id: string) => void;
  /** The person did not go on with it. */
  onLeft: (id: string) => void;
}

/** One connector that the app uses: how it stands, and its sign-in in place. */
export function ConnectorCard({
  connector,
  opensItself,
  showsOptional,
  onBusy,
  onSignedIn,
  onLeft,
}: CardProps) {
  const { id, name } = connector;
  const signIn = useCardSignIn(connector, () => onSignedIn(id));
  const { phase, form, start } = signIn;
  const card = useRef<HTMLLIElement>(null);
  const busy = isBusy(phase);
  useEffect(() => onBusy(id, busy), [onBusy, id, busy]);
  useEffect(() => {
    if (!opensItself) return;
    // Where the place is drawn twice in development, it still starts once.
    const timer = setTimeout(() => start(false), 0);
    return () => clearTimeout(timer);
  }, [opensItself, start]);

  const leave = () => {
    onLeft(id);
    signIn.cancel();
    signIn.dismiss();
    card.current?.focus();
  };
  const showsForm = form !== null && (phase.is === "form" || phase.is === "working" || phase.is === "done");
  const isOpen = showsForm || phase.is === "wait";
  return (
    <li
      ref={card}
      tabIndex={-1}
      className={styles.card}
      data-open={isOpen || undefined}
      data-todo={canSignIn(connector) || undefined}
      data-testid={`auth-${id}`}
      data-state={connector.state}
      aria-busy={phase.is === "working" || phase.is === "done"}
    >
      <span className={styles.tile} aria-hidden>
        {tileLetters(name)}
      </span>
      <div className={styles.words}>
        <div className={styles.nameRow}>
          <b className={styles.name}>{name}</b>
          {connector.required || !showsOptional ? null : (
            <Tag title="The app starts without it">Optional</Tag>
          )}
        </div>
        <CardState connector={connector} signIn={signIn} />
      </div>
      <div className={styles.actions}>
        <CardActions
          connector={connector}
          phase={phase}
          isStarting={opensItself && phase.is === "idle"}
          onStart={start}
          onCancel={leave}
        />
      </div>
      {showsForm ? (
        <div className={styles.part}>
          <CardForm
            key={form.number}
            form={form}
            name={name}
            isFirst={signIn.isFirstForm}
            isWorking={phase.is !== "form"}
            onAnswer={signIn.answer}
            {...(canSignIn(connector) ? {} : { onEscape: leave })}
          />
        </div>
      ) : null}
      {phase.is === "wait" ? (
        <div className={styles.part}>
          <WaitingSignIn
            run={signIn.run}
            step={phase.step}
            signIn={phase.signIn}
            refused={phase.refused}
            onCancel={leave}
          />
        </div>
      ) : null}
      {phase.is === "failed" ? (
        <div className={styles.part}>
          <Note
            tone="danger"
            role="alert"
            help={
              <>
                {phase.error.hint} <span className={styles.code}>{phase.error.code}</span>
              </>
            }
            actions={
              <>
                <Button small autoFocus onPress={() => start(signIn.isNewAccount)}>
                  Try again
                </Button>
                <Button small kind="quiet" onPress={leave}>
                  Close
                </Button>
              </>
            }
          >
            <Spoken text={phase.error.message} />
          </Note>
        </div>
      ) : null}
    </li>
  );
}
