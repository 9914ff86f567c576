import { Check, Clock3, TriangleAlert } from "lucide-react";
import { VisuallyHidden } from "react-aria-components";
import { useNow } from "@/components/Countdown/Countdown";
import { roughSpan } from "@/components/Countdown/timeText";
import { StatusDot } from "@/components/StatusDot/StatusDot";
import { accountTitle } from "@/model/accounts";
import { sentence } from "@/model/sentence";
import type { AppConnectorView } from "@/platform/wire";
import { stateWords } from "../words";
import styles from "./ConnectorCard.module.css";
import type { CardSignIn } from "./useCardSignIn";

interface Props {
  connector: AppConnectorView;
  signIn: CardSignIn;
}

/** How a connector stands, in a line: by a sign and by words. */
export function CardState({ connector, signIn }: Props) {
  const { phase, isNewAccount, isFirstForm } = signIn;
  if (phase.is === "working" || phase.is === "done") {
    return (
      <p className={styles.state}>
        <StatusDot state="running" word="signing in" />
        <span>Signing in…</span>
      </p>
    );
  }
  if (phase.is === "wait" && phase.signIn.kind !== "returned") {
    return (
      <p className={styles.state}>
        <StatusDot state="waiting" />
        <span>
          {phase.signIn.kind === "browser"
            ? "Waiting for you in the browser"
            : "Waiting for you to enter the code"}
        </span>
      </p>
    );
  }
  if (phase.is === "form" && !isFirstForm) return <p className={styles.state}>{phase.form.title}</p>;
  if (isNewAccount && phase.is === "form") {
    return <p className={styles.state}>Sign in with another {connector.name} account</p>;
  }
  switch (connector.state) {
    case "signed_in":
      return <SignedIn connector={connector} />;
    case "shared":
      return (
        <p className={styles.state}>
          <Check size={14} strokeWidth={3} className={styles.tick} aria-hidden />
          <span>{stateWords(connector)}</span>
        </p>
      );
    case "signed_out":
      return (
        <p className={styles.state}>
          <span>{stateWords(connector)}</span>
        </p>
      );
    case "expired":
    case "needs_you":
      return (
        <p className={`${styles.state} ${styles.warn}`}>
          <TriangleAlert size={13} className={styles.sign} aria-hidden />
          <span>{stateWords(connector)}</span>
        </p>
      );
    case "needs_admin":
      return (
        <p className={styles.state}>
          <Clock3 size={13} className={styles.sign} aria-hidden />
          <span>{sentence(stateWords(connector))}</span>
        </p>
      );
  }
}

function SignedIn({ connector }: { connector: AppConnectorView }) {
  const { account, label, expires_at, renews } = connector;
  const who = label ?? (account === null || account === "default" ? null : accountTitle(account));
  return (
    <p className={styles.state}>
      <Check size={14} strokeWidth={3} className={styles.tick} aria-hidden />
      {who ? (
        <>
          <VisuallyHidden elementType="span">Signed in as </VisuallyHidden>
          <span className={styles.who} title={who}>
            {who}
          </span>
        </>
      ) : (
        <span>Signed in</span>
      )}
      {expires_at === null ? null : <Session expiresAt={expires_at} renews={renews} />}
    </p>
  );
}

/** How long the session lasts, counting down. It is announced to nobody each time. */
function Session({ expiresAt, renews }: { expiresAt: number; renews: boolean }) {
  const left = expiresAt - useNow();
  const words =
    left <= 0
      ? renews
        ? "renewed at its next use"
        : "ran out just now"
      : renews
        ? `${roughSpan(left)}, renews by itself`
        : `${roughSpan(left)} left`;
  return (
    <span role="timer" className={styles.session} title={words}>
      <span aria-hidden>·</span> {words}
    </span>
  );
}
