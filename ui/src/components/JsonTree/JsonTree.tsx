import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronDown, ChevronRight } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from "react";
import styles from "./JsonTree.module.css";
import { type TreeRow, treeRows } from "./rows";

interface Props {
  label: string;
  value: unknown;
  /** The path that the value itself has: `login`. */
  root: string;
  /** How many levels are open at first. What is all that its parent holds (GraphQL's `data`) is open too. */
  openLevels?: number;
  closedAtFirst?: readonly string[];
  testIdPrefix?: string;
  onUse?: (row: TreeRow) => void;
  actions?: (row: TreeRow) => ReactNode;
  /** A value that was asked to be seen, instead of its mask. */
  shownValues?: ReadonlyMap<string, string>;
}

const ROW_HEIGHT = 22;
/** Trees with more rows than this only draw the ones on the screen. */
const VIRTUAL_FROM = 120;

/** JSON as a tree, for people and for the keyboard: arrows move, open and close; Enter uses a value. */
export function JsonTree(props: Props) {
  const { value, root, openLevels = 1, closedAtFirst = [] } = props;
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(
    () =>
      treeRows(value, {
        root,
        isExpanded: (path, level, isOnly) =>
          toggled.has(path) !== ((level <= openLevels || isOnly) && !closedAtFirst.includes(path)),
      }),
    [value, root, toggled, openLevels, closedAtFirst],
  );
  const isVirtual = rows.length > VIRTUAL_FROM;
  const virtualizer = useVirtualizer({
    count: isVirtual ? rows.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });

  const toggle = (row: TreeRow) =>
    setToggled((all) => {
      const next = new Set(all);
      if (!next.delete(row.path)) next.add(row.path);
      return next;
    });
  const focusRow = (index: number) => {
    const row = rows[Math.max(0, Math.min(index, rows.length - 1))];
    if (!row) return;
    setFocused(row.path);
    if (isVirtual) virtualizer.scrollToIndex(rows.indexOf(row));
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(row.path)}"]`)?.focus();
    });
  };
  const keyAction = (key: string, row: TreeRow, index: number): (() => void) | null => {
    switch (key) {
      case "ArrowDown":
        return () => focusRow(index + 1);
      case "ArrowUp":
        return () => focusRow(index - 1);
      case "Home":
        return () => focusRow(0);
      case "End":
        return () => focusRow(rows.length - 1);
      case "ArrowRight":
        return () => (row.isContainer && !row.isExpanded ? toggle(row) : focusRow(index + 1));
      case "ArrowLeft":
        if (row.isExpanded) return () => toggle(row);
        return () => row.parent !== null && focusRow(rows.findIndex((one) => one.path === row.parent));
      case "Enter":
        return () => (row.isContainer ? toggle(row) : props.onUse?.(row));
      case " ":
        return row.isContainer ? () => toggle(row) : null;
      default:
        return null;
    }
  };
  const onKeyDown = (event: KeyboardEvent, row: TreeRow, index: number) => {
    if (event.target !== event.currentTarget) return;
    const move = keyAction(event.key, row, index);
    if (!move) return;
    event.preventDefault();
    move();
  };

  const draw = (row: TreeRow, index: number, top?: number) => {
    const shown = props.shownValues?.get(row.path);
    return (
      <div
        key={row.path}
        role="treeitem"
        aria-level={row.level}
        aria-expanded={row.isContainer ? row.isExpanded : undefined}
        aria-label={`${row.name}: ${shown ?? row.text}`}
        aria-selected={false}
        tabIndex={(focused === null ? index === 0 : focused === row.path) ? 0 : -1}
        className={`${styles.row} ${props.onUse ? styles.usable : ""}`}
        style={{
          paddingInlineStart: 2 + (row.level - 1) * 14,
          ...(top === undefined ? {} : { position: "absolute", insetInline: 0, top }),
        }}
        data-path={row.path}
        data-testid={props.testIdPrefix === undefined ? undefined : `${props.testIdPrefix}${row.path}`}
        onFocus={() => setFocused(row.path)}
        onKeyDown={(event) => onKeyDown(event, row, index)}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => (row.isContainer ? toggle(row) : props.onUse?.(row))}
      >
        <span className={styles.chevron} aria-hidden>
          {row.isContainer ? row.isExpanded ? <ChevronDown size={12} /> : <ChevronRight size={12} /> : null}
        </span>
        <span className={styles.name}>{row.name}</span>
        <span className={`${styles.text} ${styles[row.kind]}`} title={shown ?? row.text}>
          {row.isExpanded ? <span className={styles.count}>{row.count}</span> : (shown ?? row.text)}
        </span>
        {props.actions ? <span className={styles.actions}>{props.actions(row)}</span> : null}
      </div>
    );
  };

  return (
    <div
      ref={scroller}
      role="tree"
      aria-label={props.label}
      className={`${styles.tree} ${isVirtual ? styles.scrolls : ""}`}
    >
      {isVirtual ? (
        <div style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return row ? draw(row, item.index, item.start) : null;
          })}
        </div>
      ) : (
        rows.map((row, index) => draw(row, index))
      )}
    </div>
  );
}
