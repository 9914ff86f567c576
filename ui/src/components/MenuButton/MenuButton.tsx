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

interface Props {
  label: string;
  /** The button that opens it. */
  children: ReactNode;
  entries: readonly MenuEntry[];
  heading?: string;
  placement?: "bottom start" | "bottom end";
}

export function MenuButton({ label, children, entries, heading, placement = "bottom end" }: Props) {
  const items = entries.map((entry) => (
    <MenuItem
      key={entry.id}
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
  ));
  return (
    <MenuTrigger>
      {children}
      <Popover placement={placement} className={styles.popover ?? ""} offset={4}>
        <Menu aria-label={label} className={styles.menu ?? ""}>
          {heading ? (
            <MenuSection>
              <Header className={styles.heading}>{heading}</Header>
              {items}
            </MenuSection>
          ) : (
            items
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
