import { useState } from "react";
import { Button } from "@/components/Button/Button";
import { TimeBar, TimeLeft } from "@/components/Countdown/Countdown";
import { useNotices } from "@/components/Notices/Notices";
import { useWindowPlatform } from "@/platform/PlatformContext";
import type { AppError, ReturnsBy } from "@/platform/wire";
import type { SignInWait } from "../timeline";
import { PasteAddress } from "./PasteAddress";
import { RefusedCallback, type WaitProps } from "./WaitingSignIn";
import styles from "./WaitingSignIn.module.css";

interface Props extends WaitProps {
  visit: SignInWait & { kind: "browser" };
  refused: AppError | null;
}

const WHAT_THEN: Record<ReturnsBy, string> = {
  loopback: "You come back here by yourself.",
  deep_link: "Let the browser open Latchwork when it asks.",
  paste: "The browser then ends at an address that may not load: copy it there and paste it here.",
};

export function BrowserWait({ run, step, visit, refused, onCancel }: Props) {
  const platform = useWindowPlatform();
  const notices = useNotices();
  const [pastes, setPastes] = useState(visit.returns_by === "paste");
  const [pasteError, setPasteError] = useState<AppError | null>(null);
  const open = () =>
    platform
      .runBrowserOpen(run ?? "", step)
      .catch((cause) => notices.fail("The browser was not opened", cause));
  const copy = () =>
    platform.runBrowserCopy(run ?? "", step).then(
      () => notices.tell("The address was copied. Open it in any browser."),
      (cause) => notices.fail("The address was not copied", cause),
    );
  // What was pasted and refused is told at its field, and not once more.
  const isTold = refused?.code === pasteError?.code && refused?.message === pasteError?.message;
  return (
    <div className={styles.waiting} data-testid="waiting-browser">
      <TimeBar expiresAt={visit.expires_at} />
      <p className={styles.words}>
        Finish signing in at <b className={styles.host}>{visit.provider}</b>. {WHAT_THEN[visit.returns_by]}{" "}
        <TimeLeft expiresAt={visit.expires_at} />.
      </p>
      {refused && !isTold ? <RefusedCallback error={refused} waits /> : null}
      {pastes ? (
        <PasteAddress
          redirectUri={visit.redirect_uri}
          error={pasteError}
          onPaste={async (address) => {
            setPasteError(null);
            await platform.runCallbackPaste(run ?? "", step, address);
          }}
          onRefused={setPasteError}
        />
      ) : null}
      <div className={styles.actions}>
        <Button small onPress={() => void open()} isDisabled={run === null}>
          Open again
        </Button>
        <Button small onPress={() => void copy()} isDisabled={run === null}>
          Copy address
        </Button>
        {pastes ? null : (
          <Button small onPress={() => setPastes(true)}>
            Paste the address instead
          </Button>
        )}
        <span className={styles.spring} />
        <Button small kind="quiet" onPress={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
