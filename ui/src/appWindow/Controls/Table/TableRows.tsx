import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { type ColumnLook, gridTracks } from "./columns";
import styles from "./TableControl.module.css";

interface Props {
  label: string;
  columns: readonly string[];
  looks: readonly ColumnLook[];
  rows: readonly (readonly string[])[];
  selected: number | null;
  onSelect: (index: number) => void;
}

const ROW_HEIGHT = 36;
/** Tables with more rows than this only draw the ones on the screen. */
const VIRTUAL_FROM = 100;
const PAGE = 10;

/**
 * The grid of a table. One row has the focus, which the arrow keys move; Enter, Space and a click select. A selection
 * may call something, so it does not follow the focus.
 */
export function TableRows({ label, columns, looks, rows, selected, onSelect }: Props) {
  const [focused, setFocused] = useState<number | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const wanted = useRef<number | null>(null);
  const isVirtual = rows.length > VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: isVirtual ? rows.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    // The names of the columns lie over the first row.
    scrollPaddingStart: ROW_HEIGHT,
    overscan: 12,
  });
  // A row that is scrolled to is drawn a moment later, and takes the focus then.
  useEffect(() => {
    if (wanted.current === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: isVirtual });
  });

  const tracks = gridTracks(looks);
  const last = rows.length - 1;
  // Rows that went away take the focus' place with them.
  const tabbed = Math.min(focused ?? selected ?? 0, last);
  const go = (to: number) => {
    const index = Math.max(0, Math.min(to, last));
    wanted.current = index;
    setFocused(index);
    if (isVirtual) virtualizer.scrollToIndex(index);
    if (index === focused) scroller.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const move: Record<string, () => void> = {
      ArrowDown: () => go(index + 1),
      ArrowUp: () => go(index - 1),
      PageDown: () => go(index + PAGE),
      PageUp: () => go(index - PAGE),
      Home: () => go(0),
      End: () => go(last),
      Enter: () => onSelect(index),
      " ": () => onSelect(index),
    };
    const action = move[event.key];
    if (!action || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    action();
  };

  const draw = (index: number, top?: number) => (
    // biome-ignore lint/a11y/useSemanticElements: rows of a grid that draws only what is on the screen
    <div
      key={index}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={index === selected}
      tabIndex={index === tabbed ? 0 : -1}
      className={styles.row}
      data-row={index}
      style={top === undefined ? undefined : { position: "absolute", insetInline: 0, top }}
      onFocus={() => setFocused(index)}
      onKeyDown={(event) => onKeyDown(event, index)}
      onClick={() => onSelect(index)}
    >
      {columns.map((_, column) => {
        const cell = rows[index]?.[column] ?? "";
        return (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: the row has the focus
          <span
            key={column}
            role="gridcell"
            className={styles.cell}
            data-align={looks[column]?.align}
            title={cell === "" ? undefined : cell}
          >
            {cell}
          </span>
        );
      })}
    </div>
  );

  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    <div
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      className={styles.scroller}
      style={{ "--tracks": tracks.columns, "--least": tracks.leastWidth } as CSSProperties}
      ref={scroller}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: the names are not selected */}
      <div role="row" aria-rowindex={1} className={`${styles.row} ${styles.head}`}>
        {columns.map((name, column) => (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <span
            key={column}
            role="columnheader"
            className={styles.cell}
            data-align={looks[column]?.align}
            title={name}
          >
            {name}
          </span>
        ))}
      </div>
      {isVirtual ? (
        <div role="presentation" className={styles.all} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => draw(item.index, item.start))}
        </div>
      ) : (
        rows.map((_, index) => draw(index))
      )}
    </div>
  );
}
