import type { ReactNode } from "react";
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Text } from "react-aria-components";
import styles from "./MenuButton.module.css";

export interface MenuEntry {
  id: string;
  label: string;
  description?: string;
  icon?: ReactNode;
  keys?: string;
  /** A word or two at its end, in place of a description below. */
  detail?: string;
  danger?: boolean;
  disabled?: boolean;
  onAction: () => void;
}

export interface MenuPart {
  heading: string;
  entries: readonly MenuEntry[];
}

/** What a menu holds, or how it is found out when it opens: of hundreds of menus one is open at a time. */
type Lazily<T> = T | (() => T);

function now<T extends readonly unknown[]>(value: Lazily<T>): T {
  return typeof value === "function" ? value() : value;
}

interface Contents {
  label: string;
  entries: Lazily<readonly MenuEntry[]>;
  heading?: string;
  /** More entries below, each group under its heading. */
  parts?: Lazily<readonly MenuPart[]>;
}

interface Props extends Contents {
  /** The button that opens it. */
  children: ReactNode;
  placement?: "bottom start" | "bottom end";
  /** For long texts that are to be read whole: paths, addresses. */
  isWide?: boolean;
}

function Entry({ entry }: { entry: MenuEntry }) {
  return (
    <MenuItem
      id={entry.id}
      textValue={entry.label}
      isDisabled={entry.disabled ?? false}
      onAction={entry.onAction}
      className={`${styles.item} ${entry.danger ? styles.danger : ""}`}
    >
      {entry.icon ? <span className={styles.icon}>{entry.icon}</span> : null}
      <span className={styles.words}>
        <Text slot="label">{entry.label}</Text>
        {entry.description ? (
          <Text slot="description" className={styles.description}>
            {entry.description}
          </Text>
        ) : null}
      </span>
      {entry.detail ? <span className={styles.detail}>{entry.detail}</span> : null}
      {entry.keys ? <kbd className={styles.keys}>{entry.keys}</kbd> : null}
    </MenuItem>
  );
}

function Part({ heading, entries }: MenuPart) {
  return (
    <MenuSection className={styles.part ?? ""}>
      <Header className={styles.heading}>{heading}</Header>
      {entries.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </MenuSection>
  );
}

/** Drawn only while it is open. */
function MenuContents({ label, entries: lazily, heading, parts = [] }: Contents) {
  const entries = now(lazily);
  return (
    <Menu aria-label={label} className={styles.menu ?? ""}>
      {heading ? (
        <Part heading={heading} entries={entries} />
      ) : (
        entries.map((entry) => <Entry key={entry.id} entry={entry} />)
      )}
      {now(parts).map((part) => (
        <Part key={part.heading} {...part} />
      ))}
    </Menu>
  );
}

export function MenuButton({ children, placement = "bottom end", isWide = false, ...contents }: Props) {
  return (
    <MenuTrigger>
      {children}
      <Popover placement={placement} className={`${styles.popover} ${isWide ? styles.wide : ""}`} offset={4}>
        <MenuContents {...contents} />
      </Popover>
    </MenuTrigger>
  );
}
