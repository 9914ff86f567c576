import type { GraphQLSchema } from "graphql";
import { ArrowLeft } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { IconButton } from "@/components/Button/Button";
import { Tag } from "@/components/Tag/Tag";
import { TextInput } from "@/components/TextInput/TextInput";
import { hasMembers, MOST_ROWS, membersOf, rootsOf, type SchemaRow, searchSchema } from "./explore";
import styles from "./GraphqlEditor.module.css";

/** The schema as a list: what operations start from, the fields of a type, or what a search finds. */
export function SchemaExplorer({ schema }: { schema: GraphQLSchema }) {
  const [search, setSearch] = useState("");
  const [trail, setTrail] = useState<readonly string[]>([]);
  const current = trail.at(-1);
  const heading = useRef<HTMLHeadingElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const hasGone = useRef(false);
  // What was pressed is not there any more: the keyboard goes on from where it led.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heading is of the trail
  useEffect(() => {
    if (!hasGone.current) return;
    hasGone.current = false;
    (heading.current ?? list.current)?.focus();
  }, [trail]);
  const rows = useMemo(() => {
    if (search.trim() !== "") return searchSchema(schema, search);
    if (current) return membersOf(schema, current);
    return rootsOf(schema).flatMap((name) => membersOf(schema, name));
  }, [schema, search, current]);
  const walk = (next: readonly string[]) => {
    hasGone.current = true;
    setSearch("");
    setTrail(next);
  };
  const go = (name: string) => walk([...trail, name]);
  const about = current && search.trim() === "" ? schema.getType(current) : null;
  return (
    <div className={styles.explorer}>
      <TextInput
        label="Search the schema"
        value={search}
        placeholder="A type or a field"
        onChange={setSearch}
      />
      {about ? (
        <div className={styles.typeHead}>
          <IconButton label="Back" icon={<ArrowLeft size={14} />} onPress={() => walk(trail.slice(0, -1))} />
          <h3 ref={heading} tabIndex={-1} className={styles.typeName}>
            {about.name}
          </h3>
          <span className={styles.faint}>{about.description}</span>
        </div>
      ) : null}
      {rows.length === 0 ? (
        <p className={styles.faint}>
          {about && !hasMembers(schema, about.name)
            ? `${about.name} is a scalar: it has no fields.`
            : about
              ? `${about.name} has no fields.`
              : "Nothing in the schema is called so."}
        </p>
      ) : null}
      <ul ref={list} tabIndex={-1} className={styles.rows} aria-label="Schema">
        {rows.slice(0, MOST_ROWS).map((row) => (
          <Row key={`${row.owner}.${row.name}`} row={row} isOfType={row.owner === current} onGo={go} />
        ))}
      </ul>
      {rows.length > MOST_ROWS ? (
        <p className={styles.faint}>
          The first {MOST_ROWS} of {rows.length} are shown: search for the others.
        </p>
      ) : null}
    </div>
  );
}

function Row({ row, isOfType, onGo }: { row: SchemaRow; isOfType: boolean; onGo: (name: string) => void }) {
  const type = row.leadsTo;
  return (
    <li className={styles.row}>
      <div className={styles.signature}>
        {row.name === null ? null : (
          <span>
            {isOfType ? "" : <span className={styles.faint}>{row.owner}.</span>}
            <b>{row.name}</b>
            {row.args}
            {row.type ? ": " : ""}
          </span>
        )}
        {type ? (
          <button type="button" className={styles.type} onClick={() => onGo(type)}>
            {row.name === null ? row.owner : row.type || "fields"}
          </button>
        ) : null}
        {row.deprecated === null ? null : <Tag tone="warn">deprecated</Tag>}
      </div>
      {row.description ? <div className={styles.faint}>{row.description}</div> : null}
      {row.deprecated ? <div className={styles.faint}>{row.deprecated}</div> : null}
    </li>
  );
}
