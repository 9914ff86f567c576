import { useState } from "react";
import { Button } from "@/components/Button/Button";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";
import { useNotices } from "@/components/Notices/Notices";
import { useAppPlatform } from "@/platform/PlatformContext";
import type { AppConnectorView } from "@/platform/wire";
import { SignInList } from "../ManagedAuth/SignInList";
import styles from "./SignInDialog.module.css";

/** Somebody has to sign in before what they just did goes on: each connector once, whoever waits for it (PRODUCT A3). */
export function SignInDialog({ connectors }: { connectors: readonly AppConnectorView[] }) {
  const platform = useAppPlatform();
  const notices = useNotices();
  const [isLeaving, setIsLeaving] = useState(false);
  const [only] = connectors;
  const title = connectors.length === 1 && only ? `Sign in to ${only.name}` : "Sign in to go on";
  const decline = async () => {
    if (isLeaving) return;
    setIsLeaving(true);
    try {
      await platform.appSignInDecline();
    } catch (cause) {
      notices.fail("That was not taken", cause);
    } finally {
      setIsLeaving(false);
    }
  };
  return (
    <Dialog
      title={title}
      isOpen
      isDismissable={false}
      width={600}
      onEscape={() => void decline()}
      onClose={() => void decline()}
      testId="sign-in-dialog"
    >
      <p className={styles.words}>
        {connectors.length === 1 ? "What you just did needs this sign-in." : "What you just did needs these."}{" "}
        It goes on by itself once you are in.
      </p>
      <SignInList connectors={connectors} />
      <DialogActions>
        <Button onPress={() => void decline()} isDisabled={isLeaving}>
          Not now
        </Button>
      </DialogActions>
    </Dialog>
  );
}
