import { useMemo } from "react";
import type { ControlProps } from "../Control";
import { ContentFrame, Nothing, SkeletonLine } from "../ControlFrame";
import { useOwnValue } from "../useOwnValue";
import { columnLooks } from "./columns";
import styles from "./TableControl.module.css";
import { TableRows } from "./TableRows";

/** Rows, one of which can be selected. */
export function TableControl({ view, content, send }: ControlProps<"table">) {
  const { columns, rows, empty_text, total } = content;
  const [selected, setSelected] = useOwnValue(content.selected);
  const looks = useMemo(() => columnLooks(columns, rows), [columns, rows]);
  const label = view.label ?? "Table";
  return (
    <ContentFrame
      view={view}
      send={send}
      isBlank={rows.length === 0}
      skeleton={<Skeleton columns={columns} />}
      empty={
        <div className={styles.box}>
          <Head columns={columns} />
          <div className={styles.empty}>
            <Nothing boxed={false}>{empty_text || "There is nothing here."}</Nothing>
          </div>
        </div>
      }
    >
      <div className={styles.box}>
        <TableRows
          label={label}
          columns={columns}
          looks={looks}
          rows={rows}
          selected={selected}
          onSelect={(index) => {
            setSelected(index);
            send({ type: "select_row", index });
          }}
        />
        {total > rows.length ? (
          <p className={styles.more}>
            The first {rows.length.toLocaleString("en")} of {total.toLocaleString("en")} rows are shown.
          </p>
        ) : null}
      </div>
    </ContentFrame>
  );
}

/** The columns' names over no rows. */
function Head({ columns }: { columns: readonly string[] }) {
  if (columns.length === 0) return null;
  return (
    <div
      className={styles.head}
      style={{ gridTemplateColumns: columns.map(() => "minmax(0, 1fr)").join(" ") }}
    >
      {columns.map((name, index) => (
        <span key={index} className={styles.cell} title={name}>
          {name}
        </span>
      ))}
    </div>
  );
}

function Skeleton({ columns }: { columns: readonly string[] }) {
  return (
    <div className={styles.box}>
      <Head columns={columns} />
      <div className={styles.waiting}>
        {["72%", "58%", "66%", "49%"].map((width) => (
          <SkeletonLine key={width} width={width} />
        ))}
      </div>
    </div>
  );
}
