import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { CONNECTOR_PAGE, useConnectorPages } from "@/app/queries";
import type { ConnectorPage, ConnectorSummary } from "@/platform/wire";
import { ConnectorRow } from "../ConnectorRow/ConnectorRow";
import styles from "./ConnectorList.module.css";

const ROW_HEIGHT = 62;

interface Props {
  query: string;
  /** The first page of what the query finds. */
  first: ConnectorPage;
  onDelete: (connector: ConnectorSummary) => void;
}

/**
 * The connectors, of which only those on the screen are drawn, and only their pages are asked for. Arrows, Home and End
 * move between them.
 */
export function ConnectorList({ query, first, onDelete }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  /** The row that is to have the focus once it is there. */
  const wanted = useRef<number | null>(null);
  const virtualizer = useVirtualizer({
    count: first.total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    paddingStart: 16,
    paddingEnd: 8,
  });
  const rows = virtualizer.getVirtualItems();
  const pages = new Set(rows.map((row) => Math.floor(row.index / CONNECTOR_PAGE)).filter((page) => page > 0));
  const further = useConnectorPages(query, [...pages]);
  const connectorAt = (index: number) => {
    const page = Math.floor(index / CONNECTOR_PAGE);
    return (page === 0 ? first.connectors : further.get(page))?.[index % CONNECTOR_PAGE];
  };

  const focusWanted = () => {
    if (wanted.current === null) return;
    scroller.current
      ?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] [data-open]`)
      ?.focus({ preventScroll: true });
  };
  useEffect(() => {
    // On the row, the wish is fulfilled; anywhere else, there is another. A row that left the screen loses the focus without
    // a word, so this is not only the list's to know.
    const forget = () => {
      wanted.current = null;
    };
    document.addEventListener("focusin", forget);
    return () => document.removeEventListener("focusin", forget);
  }, []);
  // A row is drawn by the scrolling, and perhaps only once its page is there.
  useEffect(focusWanted);
  const onKeyDown = (event: KeyboardEvent) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-index]") : null;
    if (!row) return;
    const index = Number(row.dataset.index);
    const target = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: first.total - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    wanted.current = Math.max(0, Math.min(target, first.total - 1));
    virtualizer.scrollToIndex(wanted.current);
    focusWanted();
  };

  return (
    <div ref={scroller} className={styles.scroller}>
      <ul
        aria-label="Connectors"
        className={styles.list}
        style={{ height: virtualizer.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {rows.map((item) => {
          const connector = connectorAt(item.index);
          return (
            <li
              key={connector?.id ?? item.index}
              className={styles.item}
              style={{ transform: `translateY(${item.start}px)` }}
              data-index={item.index}
              aria-posinset={item.index + 1}
              aria-setsize={first.total}
              aria-busy={connector === undefined}
            >
              {connector ? <ConnectorRow connector={connector} onDelete={() => onDelete(connector)} /> : null}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
