import { useSsoStatus } from "@/app/queries";
import { goTo } from "@/app/route";
import { Button } from "@/components/Button/Button";
import { Expiry } from "@/components/Countdown/Countdown";
import { type DotState, StatusDot } from "@/components/StatusDot/StatusDot";
import type { SsoStatus } from "@/platform/wire";
import styles from "./StepForm.module.css";

const STATES: Record<SsoStatus["state"], { dot: DotState; words: string }> = {
  signed_in: { dot: "ok", words: "Signed in" },
  signed_out: { dot: "idle", words: "Nobody is signed in with SSO" },
  needs_you: { dot: "changed", words: "The session has ended: sign in again" },
};

/** The step that takes the person's SSO session: nothing to set, only how it stands. */
export function SsoTokenForm() {
  const status = useSsoStatus().data;
  const state = status ? STATES[status.state] : null;
  const who = status?.state === "signed_in" ? (status.name ?? status.email ?? status.subject) : null;
  return (
    <div className={styles.stack}>
      <p className={styles.muted}>
        Nothing to set. A run takes the session that you signed in to under Settings, Account, and renews it
        where it has to.
      </p>
      {status && state ? (
        <div className={styles.session} data-testid="sso-session">
          <StatusDot state={state.dot} word={state.words} />
          <span className={styles.sessionWords}>
            {state.words}
            {who ? ` as ${who}` : ""}
            {status.state === "signed_in" && status.expires_at ? (
              <>
                , <Expiry expiresAt={status.expires_at} />
              </>
            ) : null}
          </span>
          <Button small onPress={() => goTo({ screen: "settings" })}>
            {status.state === "signed_in" ? "Open account settings" : "Sign in under Settings"}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
