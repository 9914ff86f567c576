import type { ReactNode } from "react";
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from "react-aria-components";
import styles from "./Tabs.module.css";

export interface TabEntry {
  id: string;
  label: string;
  count?: number;
  /** A mark for a fault inside, told in words too. */
  hasError?: boolean;
  content: ReactNode;
}

interface Props {
  label: string;
  tabs: readonly TabEntry[];
  selected?: string;
  onSelect?: (id: string) => void;
  /** At the end of the row of tabs. */
  aside?: ReactNode;
  small?: boolean;
  /** Tabs inside a tab: no line below them. */
  inner?: boolean;
}

export function Tabs({ label, tabs, selected, onSelect, aside, small = false, inner = false }: Props) {
  const control = selected === undefined ? {} : { selectedKey: selected };
  return (
    <AriaTabs
      {...control}
      onSelectionChange={(key) => onSelect?.(String(key))}
      className={`${styles.tabs} ${small || inner ? styles.small : ""} ${inner ? styles.inner : ""}`}
      keyboardActivation="automatic"
    >
      <div className={styles.row}>
        <TabList aria-label={label} className={styles.list ?? ""}>
          {tabs.map((tab) => (
            <Tab key={tab.id} id={tab.id} className={styles.tab ?? ""}>
              {tab.label}
              {tab.count ? <span className={styles.count}>{tab.count}</span> : null}
              {tab.hasError ? (
                <span className={styles.fault} role="img" aria-label="has an error">
                  !
                </span>
              ) : null}
            </Tab>
          ))}
        </TabList>
        {aside ? <div className={styles.aside}>{aside}</div> : null}
      </div>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className={styles.panel ?? ""}>
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
