import { ChevronDown } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { Button } from "@/components/Button/Button";
import { MenuButton } from "@/components/MenuButton/MenuButton";
import { Tag } from "@/components/Tag/Tag";
import type { RunningApp } from "@/platform/wire";
import { appInitials } from "../words";
import styles from "./AppFrame.module.css";

interface Props {
  app: RunningApp;
  /** The screen that is shown. */
  current: string | null;
  onGo: (screen: string) => void;
  children: ReactNode;
}

/** More screens than this are a list to open, not a row. */
const MOST_IN_A_ROW = 7;

/** The app's name and the way to its screens, around the one that is shown. */
export function AppFrame({ app, current, onGo, children }: Props) {
  return (
    <div className={styles.frame}>
      <header className={styles.top}>
        <span className={styles.mark} aria-hidden>
          {appInitials(app.name)}
        </span>
        <b className={styles.name} title={app.description ?? app.name}>
          {app.name}
        </b>
        {app.is_preview ? <Tag title="Opened from the studio">Preview</Tag> : null}
        {app.menu.length > 1 ? <Screens app={app} current={current} onGo={onGo} /> : null}
      </header>
      {children}
    </div>
  );
}

function Screens({ app, current, onGo }: Omit<Props, "children">) {
  const row = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the current one is looked for in the page
  useEffect(() => {
    row.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  if (app.menu.length > MOST_IN_A_ROW) {
    const name = app.menu.find((entry) => entry.screen === current)?.name ?? "Screens";
    return (
      <nav className={styles.list} aria-label="Screens">
        <MenuButton
          label="Screens"
          placement="bottom start"
          entries={app.menu.map((entry) => ({
            id: entry.screen,
            label: entry.name,
            onAction: () => onGo(entry.screen),
          }))}
        >
          <Button kind="quiet">
            <span className={styles.cut}>{name}</span>
            <ChevronDown size={13} aria-hidden />
          </Button>
        </MenuButton>
      </nav>
    );
  }
  return (
    <nav className={styles.row} aria-label="Screens" ref={row}>
      {app.menu.map((entry) => (
        <button
          key={entry.screen}
          type="button"
          className={styles.screen}
          aria-current={entry.screen === current ? "page" : undefined}
          title={entry.name}
          onClick={() => onGo(entry.screen)}
        >
          {entry.name}
        </button>
      ))}
    </nav>
  );
}
