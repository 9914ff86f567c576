import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useRef } from "react";
import type { ConnectorSummary } from "@/platform/wire";
import { ConnectorRow } from "../ConnectorRow/ConnectorRow";
import styles from "./ConnectorList.module.css";

const ROW_HEIGHT = 62;

interface Props {
  connectors: readonly ConnectorSummary[];
  onDelete: (connector: ConnectorSummary) => void;
}

/** The connectors, of which only those on the screen are drawn. Arrows, Home and End move between them. */
export function ConnectorList({ connectors, onDelete }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: connectors.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => connectors[index]?.id ?? index,
    overscan: 8,
    paddingStart: 16,
    paddingEnd: 8,
  });

  const focusRow = (index: number) => {
    const target = Math.max(0, Math.min(index, connectors.length - 1));
    virtualizer.scrollToIndex(target);
    // The row is drawn by the scrolling, a frame later.
    requestAnimationFrame(() =>
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`[data-index="${target}"] [data-open]`)?.focus(),
      ),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
    if (!row) return;
    const index = Number(row.dataset.index);
    const target = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: connectors.length - 1 }[
      event.key
    ];
    if (target === undefined) return;
    event.preventDefault();
    focusRow(target);
  };

  return (
    <div ref={scroller} className={styles.scroller}>
      <ul
        aria-label="Connectors"
        className={styles.list}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {virtualizer.getVirtualItems().map((item) => {
          const connector = connectors[item.index];
          return connector ? (
            <li
              key={item.key}
              className={styles.item}
              style={{ transform: `translateY(${item.start}px)` }}
              data-index={item.index}
              aria-posinset={item.index + 1}
              aria-setsize={connectors.length}
            >
              <ConnectorRow connector={connector} onDelete={() => onDelete(connector)} />
            </li>
          ) : null;
        })}
      </ul>
    </div>
  );
}
