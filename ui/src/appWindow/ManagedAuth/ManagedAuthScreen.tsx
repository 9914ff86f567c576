import { useRef, useState } from "react";
import { useStudioStatus, vaultIsOpen } from "@/app/queries";
import { Button } from "@/components/Button/Button";
import { useNotices } from "@/components/Notices/Notices";
import { Tag } from "@/components/Tag/Tag";
import { useAppPlatform } from "@/platform/PlatformContext";
import type { ManagedAuthView, RunningApp } from "@/platform/wire";
import { appInitials, howManyWords, missingWords } from "../words";
import styles from "./ManagedAuthScreen.module.css";
import { SignInList } from "./SignInList";

interface Props {
  app: RunningApp;
  view: ManagedAuthView;
}

/** Every connector of the app, each once: the first thing that an end user sees (PRODUCT A2, A4). */
export function ManagedAuthScreen({ app, view }: Props) {
  const foot = useRef<HTMLDivElement>(null);
  const { connectors } = view;
  return (
    <main className={styles.screen} data-testid="managed-auth" aria-labelledby="managed-auth-title">
      {app.is_preview ? (
        <div className={styles.corner}>
          <Tag title="Opened from the studio">Preview</Tag>
        </div>
      ) : null}
      <div className={styles.column}>
        <header className={styles.head}>
          <span className={styles.mark} aria-hidden>
            {appInitials(app.name)}
          </span>
          <div className={styles.words}>
            <h1 className={styles.title} id="managed-auth-title">
              Sign in to use {app.name}
            </h1>
            <p className={styles.under}>{howManyWords(connectors.length)}</p>
          </div>
        </header>
        {connectors.length > 0 ? (
          <SignInList
            connectors={connectors}
            showsOptional
            onThrough={() => foot.current?.querySelector<HTMLElement>("[data-testid=continue]")?.focus()}
          />
        ) : null}
        <div ref={foot} className={styles.stick}>
          <Foot view={view} />
        </div>
        <Kept />
      </div>
    </main>
  );
}

/** Where the sign-ins go. */
function Kept() {
  const vault = useStudioStatus().data?.vault;
  const where =
    vault && !vaultIsOpen(vault)
      ? "Your sign-ins are kept nowhere yet."
      : vault?.state === "session_only"
        ? "Your sign-ins stay in memory and are gone when Latchwork closes."
        : "Your sign-ins are encrypted on this computer.";
  return <p className={styles.small}>{where} This app never sees a password or a token.</p>;
}

function Foot({ view }: { view: ManagedAuthView }) {
  const platform = useAppPlatform();
  const notices = useNotices();
  const [isGoing, setIsGoing] = useState(false);
  const count = view.connectors.length;
  const missing = missingWords(view);
  const goOn = async () => {
    setIsGoing(true);
    try {
      await platform.appContinue();
    } catch (cause) {
      notices.fail("The app did not go on", cause);
    } finally {
      setIsGoing(false);
    }
  };
  return (
    <div className={styles.foot}>
      <div className={styles.progress}>
        {count > 0 ? (
          <>
            <div className={styles.counts}>
              <span role="status">
                {view.signed_in} of {count} signed in
              </span>
              <span className={styles.missing} id="continue-why" title={missing ?? undefined}>
                {missing}
              </span>
            </div>
            <div className={styles.bar} aria-hidden>
              <span style={{ scale: `${view.signed_in / count} 1` }} />
            </div>
          </>
        ) : null}
      </div>
      <Button
        kind="quiet"
        onPress={() => void platform.appQuit().catch((cause) => notices.fail("It did not close", cause))}
      >
        Quit
      </Button>
      <span className={styles.big}>
        <Button
          kind="primary"
          data-testid="continue"
          isDisabled={!view.can_continue}
          // Where all are in already, Enter goes on.
          autoFocus={view.can_continue}
          isPending={isGoing}
          {...(missing ? { "aria-describedby": "continue-why" } : {})}
          onPress={() => void goOn()}
        >
          Continue
        </Button>
      </span>
    </div>
  );
}
