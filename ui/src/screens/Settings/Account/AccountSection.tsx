import { useMutation } from "@tanstack/react-query";
import { UserRound } from "lucide-react";
import { useState } from "react";
import { KEYS, useSsoStatus, useStale } from "@/app/queries";
import { Button } from "@/components/Button/Button";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { Note } from "@/components/Note/Note";
import { useNotices } from "@/components/Notices/Notices";
import { Spoken } from "@/components/Spoken/Spoken";
import { signedOutWords } from "@/model/accounts";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";
import type { SsoSignIn } from "@/platform/wire";
import { useRunChannel } from "@/run/useRun";
import { WaitingSignIn } from "@/run/WaitingSignIn/WaitingSignIn";
import styles from "./Account.module.css";
import { SignedInPerson } from "./SignedInPerson";
import { SignInForm } from "./SignInForm";

/** The person's SSO session: signing in to it, who it is, and signing out. */
export function AccountSection() {
  const platform = usePlatform();
  const stale = useStale();
  const notices = useNotices();
  const status = useSsoStatus();
  const [isAsking, setIsAsking] = useState(false);
  /** Kept while it is tried: where it fails nobody types it again. */
  const [given, setGiven] = useState<SsoSignIn | null>(null);
  const run = useRunChannel(() => stale(KEYS.sso));
  const signOut = useMutation({
    mutationFn: () => platform.ssoSignOut(),
    onSuccess: (done) => {
      notices.tell(done.message || signedOutWords(done.revoked));
      setIsAsking(false);
      setGiven(null);
      run.clear();
      stale(KEYS.sso);
    },
    onError: (error) => notices.fail("You were not signed out", error),
  });
  const signIn = (request: SsoSignIn) => {
    setGiven(request);
    run.begin(null, (onEvent) => platform.ssoSignIn(request, onEvent));
  };

  if (status.isError) {
    const error = toAppError(status.error);
    return (
      <Note tone="danger" role="alert" code={error.code} help={error.hint}>
        Who is signed in could not be read. <Spoken text={error.message} />
      </Note>
    );
  }
  if (!status.data) return <p role="status">Looking who is signed in…</p>;

  const entry = run.timeline.entries.at(-1);
  if (run.isRunning) {
    return (
      <div>
        {entry?.signIn && entry.step !== null ? (
          <WaitingSignIn
            run={run.timeline.run}
            step={entry.step}
            signIn={entry.signIn}
            refused={entry.refused}
            onCancel={run.cancel}
          />
        ) : (
          <p role="status" className={styles.muted}>
            Looking up the provider…
          </p>
        )}
      </div>
    );
  }

  const sso = status.data;
  // A run that failed leaves the form, with what was given and why it did not work.
  const failure = run.timeline.error?.code === "run.cancelled" ? null : run.timeline.error;
  if (sso.state === "signed_in") {
    return <SignedInPerson sso={sso} onSignOut={() => signOut.mutate()} isSigningOut={signOut.isPending} />;
  }
  if (run.timeline.state === "ok") return <p role="status">Signed in. Reading who you are…</p>;
  const asks = isAsking || sso.state === "needs_you" || failure !== null;
  return (
    <div className={styles.stack}>
      {sso.state === "needs_you" ? (
        <Note tone="warn" code="sso.needs_you">
          {sso.message || "The session has ended. Sign in again."}
        </Note>
      ) : null}
      {asks ? (
        <SignInForm
          known={given ?? sso}
          failure={failure}
          onSignIn={signIn}
          onCancel={
            sso.state === "needs_you"
              ? null
              : () => {
                  run.clear();
                  setGiven(null);
                  setIsAsking(false);
                }
          }
        />
      ) : (
        <EmptyState
          icon={<UserRound size={26} strokeWidth={1.5} />}
          title="Nobody is signed in"
          actions={
            <Button kind="primary" onPress={() => setIsAsking(true)}>
              Sign in with SSO…
            </Button>
          }
        >
          Sign in once with your company's OpenID Connect provider, and SSO token steps use that session
          instead of asking you for each connector.
        </EmptyState>
      )}
    </div>
  );
}
