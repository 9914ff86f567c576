import { Button } from "@/components/Button/Button";
import { Expiry } from "@/components/Countdown/Countdown";
import { StatusDot } from "@/components/StatusDot/StatusDot";
import { initials } from "@/model/accounts";
import type { SsoStatus } from "@/platform/wire";
import styles from "./Account.module.css";

interface Props {
  sso: SsoStatus;
  onSignOut: () => void;
  isSigningOut: boolean;
}

export function SignedInPerson({ sso, onSignOut, isSigningOut }: Props) {
  const name = sso.name || sso.email || sso.subject || "Somebody";
  return (
    <div className={styles.person}>
      <span className={styles.badge} aria-hidden>
        {initials(name)}
      </span>
      <div className={styles.words}>
        <b className={styles.name}>{name}</b>
        {sso.email && sso.email !== name ? <span className={styles.muted}>{sso.email}</span> : null}
        <span className={styles.muted}>{sso.issuer}</span>
        <span className={styles.state}>
          <StatusDot state="ok" word="signed in" />
          <span>
            Signed in
            {sso.expires_at ? (
              <>
                , <Expiry expiresAt={sso.expires_at} />; renewed by itself where the provider allows it
              </>
            ) : null}
          </span>
        </span>
      </div>
      <Button onPress={onSignOut} isDisabled={isSigningOut}>
        {isSigningOut ? "Signing out…" : "Sign out"}
      </Button>
    </div>
  );
}
