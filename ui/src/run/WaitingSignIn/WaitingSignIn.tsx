import { useEffect, useRef } from "react";
import { Note } from "@/components/Note/Note";
import { Spoken } from "@/components/Spoken/Spoken";
import { StatusDot } from "@/components/StatusDot/StatusDot";
import type { AppError } from "@/platform/wire";
import type { SignInWait } from "../timeline";
import { BrowserWait } from "./BrowserWait";
import { DeviceWait } from "./DeviceWait";
import styles from "./WaitingSignIn.module.css";

export interface WaitProps {
  /** Null until the core has said which run it is. */
  run: string | null;
  step: string;
  onCancel: () => void;
}

interface Props extends WaitProps {
  signIn: SignInWait;
  /** Callbacks that were refused while it waited, the last one at the end. */
  refused: readonly AppError[];
}

/** A sign-in that waits for a person outside this window: in the browser, or at another device. */
export function WaitingSignIn(props: Props) {
  const place = useRef<HTMLDivElement>(null);
  const { kind } = props.signIn;
  // The steps before it may fill the panel: once they are drawn, what waits for the person comes into sight.
  useEffect(() => {
    if (kind === "returned") return;
    const timer = setTimeout(() => place.current?.scrollIntoView({ block: "nearest" }), 80);
    return () => clearTimeout(timer);
  }, [kind]);
  return (
    <div ref={place} className={styles.place}>
      <Waiting {...props} />
    </div>
  );
}

function Waiting({ signIn, refused, ...rest }: Props) {
  switch (signIn.kind) {
    case "browser":
      return (
        <BrowserWait key={signIn.expires_at} visit={signIn} refused={refused.at(-1) ?? null} {...rest} />
      );
    case "device":
      return <DeviceWait key={signIn.user_code} device={signIn} refused={refused.at(-1) ?? null} {...rest} />;
    case "returned":
      return (
        <p className={styles.returned} role="status">
          <StatusDot state="running" />
          The browser came back. Getting the tokens…
        </p>
      );
  }
}

/** A callback that was not this sign-in's. It changes nothing: that is what has to be said. */
export function RefusedCallback({ error, waits }: { error: AppError; waits: boolean }) {
  return (
    <Note tone="warn" role="status" code={error.code} help={error.hint}>
      <Spoken text={error.message} />{" "}
      {waits ? "The sign-in goes on waiting." : "The sign-in went on without it."}
    </Note>
  );
}
