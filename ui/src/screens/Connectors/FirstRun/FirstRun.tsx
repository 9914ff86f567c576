import { useMutation } from "@tanstack/react-query";
import { FileInput, FlaskConical, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import { KEYS, useStale } from "@/app/queries";
import { goTo } from "@/app/route";
import { Logo } from "@/components/Logo/Logo";
import { useNotices } from "@/components/Notices/Notices";
import { usePlatform } from "@/platform/PlatformContext";
import styles from "./FirstRun.module.css";

interface WayProps {
  icon: ReactNode;
  name: string;
  children: ReactNode;
  onPress: () => void;
  isDisabled?: boolean;
  main?: boolean;
}

function Way({ icon, name, children, onPress, isDisabled = false, main = false }: WayProps) {
  return (
    <AriaButton
      className={`${styles.way} ${main ? styles.main : ""}`}
      aria-label={name}
      onPress={onPress}
      isDisabled={isDisabled}
    >
      <span className={styles.icon}>{icon}</span>
      <b>{name}</b>
      <span className={styles.about}>{children}</span>
    </AriaButton>
  );
}

/** What a newcomer sees: what this is, and three ways to begin. */
export function FirstRun({ onAdd, onImport }: { onAdd: () => void; onImport: () => void }) {
  const platform = usePlatform();
  const stale = useStale();
  const notices = useNotices();
  const practise = useMutation({
    mutationFn: async () => {
      await platform.sandboxStart();
      return platform.samplesAdd();
    },
    onSuccess: ([first]) => {
      if (first) goTo({ screen: "connector", id: first });
    },
    onError: (error) => notices.fail("The practice provider did not start", error),
    onSettled: () => stale(KEYS.connectors, KEYS.status),
  });
  return (
    <div className={styles.page}>
      <div className={styles.logo}>
        <Logo size={34} />
      </div>
      <h1 className={styles.title}>Design how an API signs in</h1>
      <p className={styles.lead}>
        Latchwork turns a sign-in into a list of steps that you can see, test and save as a file. Everything
        stays on this computer; only your own requests leave it.
      </p>
      <div className={styles.ways}>
        <Way
          main
          icon={<FlaskConical size={20} strokeWidth={1.6} />}
          name="Try the practice provider"
          onPress={() => practise.mutate()}
          isDisabled={practise.isPending}
        >
          A small API on this computer, with sample connectors. A green test within a minute.
        </Way>
        <Way icon={<Plus size={20} strokeWidth={1.6} />} name="Add connector" onPress={onAdd}>
          Begin with the address of an API and build its sign-in.
        </Way>
        <Way icon={<FileInput size={20} strokeWidth={1.6} />} name="Import a file" onPress={onImport}>
          Open a *.connector.json that somebody shared with you.
        </Way>
      </div>
    </div>
  );
}
