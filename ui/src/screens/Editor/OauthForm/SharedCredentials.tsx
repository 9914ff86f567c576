import { UsersRound } from "lucide-react";
import { useAuthStatus } from "@/app/queries";
import { Button } from "@/components/Button/Button";
import { Expiry } from "@/components/Countdown/Countdown";
import { StatusDot } from "@/components/StatusDot/StatusDot";
import { Toggle } from "@/components/Toggle/Toggle";
import { useEditor } from "@/editor/EditorContext";
import { type GrantPlace, useGrantEdit } from "./grantPlace";
import styles from "./OauthForm.module.css";

/** One sign-in for all, or one each: what that means, and how it stands. */
export function SharedCredentials({ grant }: { grant: GrantPlace }) {
  const edit = useGrantEdit(grant.at);
  const isShared = grant.fields.shared_credentials === true;
  return (
    <div className={styles.shared}>
      <Toggle
        label="Shared credentials"
        isSelected={isShared}
        onChange={(on) => edit({ shared_credentials: on })}
        description={
          isShared
            ? "You sign in once, for everyone who uses an app with this connector. App windows never see these tokens; whoever can open this studio can use them, so the border is the window and not the computer's account. They leave this computer only in a bundle sealed with a passphrase."
            : "Off: each user of an app signs in. On: your sign-in serves them all."
        }
      />
      {isShared ? <SharedState /> : null}
    </div>
  );
}

function SharedState() {
  const { connectorId, run, startRun } = useEditor();
  const shared = useAuthStatus(connectorId).data?.shared;
  const isSignedIn = shared?.signed_in ?? false;
  return (
    <div className={styles.sharedState} data-testid="shared-state">
      <StatusDot state={isSignedIn ? "ok" : "idle"} word={isSignedIn ? "signed in" : "not signed in"} />
      <span>
        {isSignedIn ? "Shared sign-in: signed in" : "Shared sign-in: nobody is signed in yet"}
        {isSignedIn && shared?.expires_at ? (
          <>
            , <Expiry expiresAt={shared.expires_at} />
          </>
        ) : null}
      </span>
      <span className={styles.spring} />
      <Button small isDisabled={run.isRunning} onPress={() => startRun({ type: "shared_sign_in" })}>
        <UsersRound size={13} aria-hidden />
        Sign in for everyone
      </Button>
    </div>
  );
}
