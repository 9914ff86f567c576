import { useState } from "react";
import { Button } from "@/components/Button/Button";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";
import { useNotices } from "@/components/Notices/Notices";
import { useAppPlatform } from "@/platform/PlatformContext";
import styles from "./SharedSignOutDialog.module.css";

interface Props {
  /** The names of the connectors with a shared sign-in. */
  connectors: readonly string[];
  onAnswered: () => void;
}

/** In a preview: whether the sign-ins that serve everyone go too is the admin's to say. */
export function SharedSignOutDialog({ connectors, onAnswered }: Props) {
  const platform = useAppPlatform();
  const notices = useNotices();
  const [isSending, setIsSending] = useState(false);
  const answer = async (clearShared: boolean | null) => {
    setIsSending(true);
    try {
      await platform.appAuthenticationAnswer(clearShared);
      onAnswered();
    } catch (cause) {
      notices.fail("The answer was not taken", cause);
      setIsSending(false);
    }
  };
  return (
    <Dialog
      title="Clear the shared sign-ins too?"
      isOpen
      isDismissable={false}
      role="alertdialog"
      width={480}
      onEscape={() => void answer(null)}
      onClose={() => void answer(null)}
      testId="shared-sign-out"
    >
      <p>The app goes to its sign-in screen, and your own sign-ins are cleared. These serve everyone:</p>
      <ul className={styles.names}>
        {connectors.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      <p className={styles.help}>If they go too, nobody can use them until you sign in for everyone again.</p>
      <DialogActions>
        <Button onPress={() => void answer(null)} isDisabled={isSending}>
          Stay here
        </Button>
        <Button kind="danger" onPress={() => void answer(true)} isDisabled={isSending}>
          Clear shared ones too
        </Button>
        <Button kind="primary" onPress={() => void answer(false)} isDisabled={isSending} autoFocus>
          Clear only mine
        </Button>
      </DialogActions>
    </Dialog>
  );
}
