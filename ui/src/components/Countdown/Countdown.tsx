import { useEffect, useState } from "react";
import styles from "./Countdown.module.css";
import { clockLeft, expiryText } from "./timeText";

/** The present in Unix seconds, renewed once a second. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now() / 1000);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now() / 1000), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

interface Props {
  /** Unix seconds. */
  expiresAt: number;
}

/** How long something still waits, as words and as a bar. Not announced each second. */
export function TimeLeft({ expiresAt }: Props) {
  const now = useNow();
  const left = expiresAt - now;
  return (
    <span role="timer" className={styles.clock}>
      {left > 0 ? `${clockLeft(left)} left` : "time is up"}
    </span>
  );
}

/** The bar of what is left, of what was left when it was first drawn. */
export function TimeBar({ expiresAt }: Props) {
  const now = useNow();
  const [whole] = useState(() => Math.max(1, expiresAt - Date.now() / 1000));
  const share = Math.min(1, Math.max(0, (expiresAt - now) / whole));
  return (
    <div className={styles.bar} aria-hidden>
      <span style={{ scale: `${share} 1` }} />
    </div>
  );
}

/** When something expires or did, in words that count on. */
export function Expiry({ expiresAt }: Props) {
  const now = useNow();
  return (
    <span role="timer" className={styles.clock} data-expired={expiresAt <= now || undefined}>
      {expiryText(expiresAt, now)}
    </span>
  );
}
