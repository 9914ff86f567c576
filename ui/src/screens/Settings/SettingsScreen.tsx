import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Radio, RadioGroup } from "react-aria-components";
import { Frame, Page } from "@/app/Frame/Frame";
import { KEYS, useStale, useStudioStatus, vaultIsOpen } from "@/app/queries";
import { VaultChoices } from "@/app/VaultBanner/VaultChoices";
import { Button } from "@/components/Button/Button";
import { Note } from "@/components/Note/Note";
import { useNotices } from "@/components/Notices/Notices";
import { usePlatform } from "@/platform/PlatformContext";
import type { Theme } from "@/platform/wire";
import { AccountSection } from "./Account/AccountSection";
import styles from "./SettingsScreen.module.css";

const THEMES: { value: Theme; label: string }[] = [
  { value: "system", label: "As the system" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

const KEPT_BY = {
  keyring: "The system keyring keeps the key to your secrets.",
  passphrase: "Your passphrase opens your secrets.",
  session: "Secrets last until you close Latchwork.",
};

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section} aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      {children}
    </section>
  );
}

export function SettingsScreen() {
  const platform = usePlatform();
  const stale = useStale();
  const notices = useNotices();
  const status = useStudioStatus().data;
  const settings = useQuery({ queryKey: KEYS.settings, queryFn: () => platform.settingsGet() });
  const save = useMutation({
    mutationFn: (theme: Theme) => platform.settingsSet({ ...settings.data, theme }),
    onSuccess: () => stale(KEYS.settings),
    onError: (error) => notices.fail("The theme was not saved", error),
  });
  const theme = save.isPending ? save.variables : (settings.data?.theme ?? "system");
  return (
    <Frame header={<b className={styles.crumb}>Settings</b>}>
      <Page title="Settings">
        <Section title="Account">
          <AccountSection />
        </Section>
        <Section title="Appearance">
          <RadioGroup
            aria-label="Theme"
            value={theme}
            onChange={(value) => save.mutate(value as Theme)}
            orientation="horizontal"
            className={styles.choices ?? ""}
          >
            {THEMES.map((choice) => (
              <Radio key={choice.value} value={choice.value} className={styles.choice ?? ""}>
                {choice.label}
              </Radio>
            ))}
          </RadioGroup>
        </Section>
        <Section title="Secrets">
          {status ? (
            <Note
              tone={status.vault.state === "ready" ? "ok" : "warn"}
              code={vaultIsOpen(status.vault) ? null : `vault.${status.vault.state}`}
              help={status.vault.hint}
            >
              {status.vault.kept_by ? KEPT_BY[status.vault.kept_by] : status.vault.message}
            </Note>
          ) : null}
          {status && status.vault.state !== "ready" ? (
            <div className={styles.row}>
              <VaultChoices />
            </div>
          ) : null}
          <p className={styles.muted}>
            Secret variables and sign-ins are encrypted on this computer. Connector files never hold one.
          </p>
        </Section>
        <Section title="About">
          <dl className={styles.facts}>
            <dt>Version</dt>
            <dd>{status?.version ?? "…"}</dd>
            <dt>Data folder</dt>
            <dd className={styles.mono}>{status?.data_dir ?? "…"}</dd>
          </dl>
          {status ? (
            <div className={styles.row}>
              <Button
                small
                onPress={() =>
                  platform.clipboardWrite(status.data_dir).then(
                    () => notices.tell("The data folder's path was copied."),
                    (error) => notices.fail("The path was not copied", error),
                  )
                }
              >
                Copy path
              </Button>
            </div>
          ) : null}
        </Section>
      </Page>
    </Frame>
  );
}
