import type { ReactNode } from "react";
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Text } from "react-aria-components";
import styles from "./MenuButton.module.css";

export interface MenuEntry {
  id: string;
  label: string;
  description?: string;
  icon?: ReactNode;
  keys?: string;
  danger?: boolean;
  disabled?: boolean;
  onAction: () => void;
}

export interface MenuPart {
  heading: string;
  entries: readonly MenuEntry[];
}

interface Props {
  label: string;
  /** The button that opens it. */
  children: ReactNode;
  entries: readonly MenuEntry[];
  heading?: string;
  /** More entries below, each group under its heading. */
  parts?: readonly MenuPart[];
  placement?: "bottom start" | "bottom end";
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

export function MenuButton(props: Props) {
  const { label, children, entries, heading, parts = [], placement = "bottom end" } = props;
  return (
    <MenuTrigger>
      {children}
      <Popover placement={placement} className={styles.popover ?? ""} offset={4}>
        <Menu aria-label={label} className={styles.menu ?? ""}>
          {heading ? (
            <Part heading={heading} entries={entries} />
          ) : (
            entries.map((entry) => <Entry key={entry.id} entry={entry} />)
          )}
          {parts.map((part) => (
            <Part key={part.heading} {...part} />
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
