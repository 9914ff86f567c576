import { useState } from "react";
import { Button } from "@/components/Button/Button";
import { Note } from "@/components/Note/Note";
import { useStudioStatus } from "../queries";
import styles from "../VaultBanner/VaultBanner.module.css";

/** Says, once, that a broken database was moved aside at the start, and where it is now. */
export function RecoveryBanner() {
  const status = useStudioStatus();
  const [seen, setSeen] = useState(false);
  const recovery = status.data?.recovery;
  if (!recovery || seen) return null;
  return (
    <div className={styles.banner} data-testid="recovery-banner">
      <Note
        tone="warn"
        code="store.corrupt"
        role="status"
        actions={<Button onPress={() => setSeen(true)}>Understood</Button>}
      >
        {recovery}
      </Note>
    </div>
  );
}
