import { useCopy } from "@/app/useCopy";
import { Button } from "@/components/Button/Button";
import { TimeBar, TimeLeft } from "@/components/Countdown/Countdown";
import { useNotices } from "@/components/Notices/Notices";
import { QrPicture } from "@/components/QrPicture/QrPicture";
import { useWindowPlatform } from "@/platform/PlatformContext";
import type { AppError } from "@/platform/wire";
import type { SignInWait } from "../timeline";
import { RefusedCallback, type WaitProps } from "./WaitingSignIn";
import styles from "./WaitingSignIn.module.css";

interface Props extends WaitProps {
  device: SignInWait & { kind: "device" };
  refused: AppError | null;
}

/** A code for the person to type at the provider's address, on any device. */
export function DeviceWait({ device, refused, onCancel }: Props) {
  const platform = useWindowPlatform();
  const notices = useNotices();
  const copy = useCopy();
  const { user_code, verification_uri, verification_uri_complete, expires_at } = device;
  const whole = verification_uri_complete ?? verification_uri;
  const open = () =>
    platform.linkOpen(whole).catch((cause) => notices.fail("The browser was not opened", cause));
  return (
    <div className={styles.waiting} data-testid="waiting-device">
      <TimeBar expiresAt={expires_at} />
      <div className={styles.device}>
        <div className={styles.deviceWords}>
          <p className={styles.words}>
            Enter this code at <span className={styles.address}>{verification_uri}</span>
          </p>
          <code className={styles.code} data-testid="user-code">
            {user_code}
          </code>
          <div>
            <Button small kind="primary" onPress={() => copy(user_code, "The code")}>
              Copy code
            </Button>
          </div>
        </div>
        <figure className={styles.picture}>
          <QrPicture text={whole} label={`QR code of ${whole}`} />
          <figcaption>or scan it</figcaption>
        </figure>
      </div>
      <p className={styles.words}>
        On this computer or any other device; it goes on here by itself. <TimeLeft expiresAt={expires_at} />.
      </p>
      {refused ? <RefusedCallback error={refused} waits /> : null}
      <div className={styles.actions}>
        <Button small onPress={() => void open()}>
          Open address
        </Button>
        <Button small onPress={() => copy(verification_uri, "The address")}>
          Copy address
        </Button>
        <span className={styles.spring} />
        <Button small kind="quiet" onPress={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
