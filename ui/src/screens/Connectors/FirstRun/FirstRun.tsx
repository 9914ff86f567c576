import { useMutation } from "@tanstack/react-query";
import { AppWindow, FileInput, FlaskConical, Library, Plug } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { KEYS, useStale } from "@/app/queries";
import { goTo } from "@/app/route";
import { Logo } from "@/components/Logo/Logo";
import { MenuButton } from "@/components/MenuButton/MenuButton";
import { useNotices } from "@/components/Notices/Notices";
import { usePlatform } from "@/platform/PlatformContext";
import { AddAppDialog } from "../../Apps/AddAppDialog/AddAppDialog";
import { useImportApp } from "../../Apps/useImportApp";
import styles from "./FirstRun.module.css";

interface WayProps {
  icon: ReactNode;
  name: string;
  children: ReactNode;
  onPress?: () => void;
  isDisabled?: boolean;
  main?: boolean;
}

function Way({ icon, name, children, onPress, isDisabled = false, main = false }: WayProps) {
  return (
    <AriaButton
      className={`${styles.way} ${main ? styles.main : ""}`}
      aria-label={name}
      isDisabled={isDisabled}
      {...(onPress ? { onPress } : {})}
    >
      <span className={styles.icon}>{icon}</span>
      <span className={styles.wayWords}>
        <b>{name}</b>
        <span className={styles.about}>{children}</span>
      </span>
    </AriaButton>
  );
}

/** What there is here, each in a line. */
const PARTS = [
  { name: "Connectors", words: "An API with its sign-in as a list of steps: seen, tested, kept alive." },
  { name: "Apps", words: "Screens whose people sign in once, and never see a token." },
  {
    name: "Files",
    words: "JSON without secrets, good in git, the same on the command line.",
  },
];

interface Props {
  onAdd: () => void;
  onImport: () => void;
  onOpen: () => void;
}

/** What a newcomer sees: what this is, and five ways to begin. */
export function FirstRun({ onAdd, onImport, onOpen }: Props) {
  const platform = usePlatform();
  const stale = useStale();
  const notices = useNotices();
  const importApp = useImportApp();
  const [addingApp, setAddingApp] = useState(false);
  const practise = useMutation({
    mutationFn: async () => {
      await platform.sandboxStart();
      return platform.samplesAdd();
    },
    onError: (error) => notices.fail("The samples were not added", error),
    // With the samples there, the list says what to do first.
    onSettled: () => stale(KEYS.connectors, KEYS.apps, KEYS.status),
  });
  const size = { size: 20, strokeWidth: 1.6 };
  return (
    <div className={styles.page}>
      <div className={styles.content}>
        <div className={styles.logo}>
          <Logo size={30} />
        </div>
        <h1 className={styles.title}>Design how an API signs in</h1>
        <p className={styles.lead}>
          Then build an app on it that asks its people to sign in once. Everything stays on this computer;
          only your own requests leave it.
        </p>
        <ul className={styles.parts}>
          {PARTS.map((part) => (
            <li key={part.name}>
              <b>{part.name}</b>
              <span>{part.words}</span>
            </li>
          ))}
        </ul>
        <div className={styles.ways}>
          <Way
            main
            icon={<FlaskConical {...size} />}
            name="Try the sample"
            onPress={() => practise.mutate()}
            isDisabled={practise.isPending}
          >
            {practise.isPending
              ? "Starting the practice provider…"
              : "A small API on this computer, with sample connectors and a finished app on them. Nothing to set up."}
          </Way>
          <Way
            icon={<Library {...size} />}
            name="Choose a ready-made connector"
            onPress={() => goTo({ screen: "catalogue" })}
          >
            Slack, Stripe, Google, Salesforce and others, with what to register where.
          </Way>
          <Way icon={<Plug {...size} />} name="Make your own connector" onPress={onAdd}>
            Begin with the address of an API and build its sign-in, step by step.
          </Way>
          <Way icon={<AppWindow {...size} />} name="Make an app" onPress={() => setAddingApp(true)}>
            Begin with a screen; connectors are added when they are needed.
          </Way>
          <MenuButton
            label="What to import"
            placement="bottom start"
            entries={[
              {
                id: "open",
                label: "Open a connector file",
                description: "It stays where it is, in a repository say, and is saved there.",
                onAction: onOpen,
              },
              {
                id: "connector",
                label: "A connector",
                description: "A connector file, an OpenAPI or Postman file, or cURL commands.",
                onAction: onImport,
              },
              {
                id: "app",
                label: "An app",
                description: "A *.app.json file, perhaps with its connectors in it.",
                onAction: () => importApp.mutate(),
              },
            ]}
          >
            <Way icon={<FileInput {...size} />} name="Open or import a file">
              A connector or an app that somebody shared with you.
            </Way>
          </MenuButton>
        </div>
      </div>
      {addingApp ? <AddAppDialog onClose={() => setAddingApp(false)} /> : null}
    </div>
  );
}
