import { Note } from "@/components/Note/Note";
import { useStudioStatus, vaultIsOpen } from "../queries";
import styles from "./VaultBanner.module.css";
import { VaultChoices } from "./VaultChoices";

/** Says, on every screen, that secrets cannot be kept now, and what can be done about it. */
export function VaultBanner() {
  const status = useStudioStatus();
  const vault = status.data?.vault;
  if (!vault || vaultIsOpen(vault)) return null;
  return (
    <div className={styles.banner} data-testid="vault-banner">
      <Note
        tone="warn"
        code={`vault.${vault.state}`}
        help={vault.hint}
        role="status"
        actions={<VaultChoices />}
      >
        {vault.message} Nothing secret is written until you choose.
      </Note>
    </div>
  );
}
