import { Ellipsis, Plus } from "lucide-react";
import { Button, IconButton } from "@/components/Button/Button";
import { MenuButton } from "@/components/MenuButton/MenuButton";
import { SelectInput } from "@/components/SelectInput/SelectInput";
import { Tag } from "@/components/Tag/Tag";
import { Check } from "@/components/Toggle/Toggle";
import type { Parameter, ParameterLocation } from "@/model/connector";
import type { Path } from "@/model/path";
import { useDocumentEditor } from "../DocumentContext";
import { TemplateField } from "../TemplateField/TemplateField";
import styles from "./ParameterTable.module.css";

type Row = Parameter & { location?: ParameterLocation };

interface Props {
  /** What a row is: "header", "query parameter". */
  noun: string;
  at: Path;
  rows: readonly Row[];
  withLocation?: boolean;
  /** What stands there where there are none; nothing where the button says enough. */
  emptyText?: string;
  newRow?: Row;
  /** The list itself goes out of the file with its last row. */
  isOptional?: boolean;
}

const LOCATIONS: { value: ParameterLocation; label: string }[] = [
  { value: "header", label: "Header" },
  { value: "query", label: "Query" },
  { value: "body", label: "Body" },
];

/** Names and values, each a template: headers, query parameters, form fields, request parameters. */
export function ParameterTable({
  noun,
  at,
  rows,
  withLocation = false,
  emptyText,
  newRow,
  isOptional = false,
}: Props) {
  const { apply } = useDocumentEditor();
  const add = () =>
    apply({ type: "item_inserted", list: at, index: rows.length, item: newRow ?? { name: "", value: "" } });
  return (
    <div className={styles.table}>
      {rows.length === 0 && emptyText ? <p className={styles.empty}>{emptyText}</p> : null}
      {rows.map((row, index) => {
        const rowAt = [...at, index];
        const label = `${noun} ${index + 1}`;
        const set = (member: string, value: unknown, typing = false) =>
          apply({ type: "value_set", at: [...rowAt, member], value, typing });
        return (
          <fieldset
            key={index}
            className={`${styles.row} ${withLocation ? styles.located : ""} ${row.enabled === false ? styles.off : ""}`}
            aria-label={label}
          >
            <Check
              label={`Send ${label}`}
              labelHidden
              isSelected={row.enabled !== false}
              onChange={(on) => set("enabled", on ? undefined : false)}
            />
            {withLocation ? (
              <SelectInput
                label={`Where ${label} goes`}
                labelHidden
                value={row.location ?? "header"}
                choices={LOCATIONS}
                onChange={(location) => set("location", location)}
              />
            ) : null}
            <TemplateField
              label={`Name of ${label}`}
              labelHidden
              placeholder="Name"
              at={[...rowAt, "name"]}
              value={row.name}
              onChange={(name) => set("name", name)}
            />
            <div className={styles.value}>
              <TemplateField
                label={`Value of ${label}`}
                labelHidden
                placeholder="Value"
                at={[...rowAt, "value"]}
                value={row.value}
                onChange={(value) => set("value", value)}
              />
              {row.omit_empty ? <Tag>left out when empty</Tag> : null}
            </div>
            <MenuButton
              label={`Actions for ${label}`}
              entries={[
                ...(withLocation
                  ? []
                  : [
                      {
                        id: "omit",
                        label: row.omit_empty ? "Send when empty too" : "Leave out when empty",
                        onAction: () => set("omit_empty", row.omit_empty ? undefined : true),
                      },
                    ]),
                {
                  id: "up",
                  label: "Move up",
                  disabled: index === 0,
                  onAction: () => apply({ type: "item_moved", list: at, from: index, to: index - 1 }),
                },
                {
                  id: "down",
                  label: "Move down",
                  disabled: index === rows.length - 1,
                  onAction: () => apply({ type: "item_moved", list: at, from: index, to: index + 1 }),
                },
                {
                  id: "delete",
                  label: "Delete",
                  danger: true,
                  onAction: () =>
                    isOptional && rows.length === 1
                      ? apply({ type: "value_set", at, value: undefined })
                      : apply({ type: "item_removed", list: at, index }),
                },
              ]}
            >
              <IconButton label={`More for ${label}`} hint="More" icon={<Ellipsis size={15} />} />
            </MenuButton>
          </fieldset>
        );
      })}
      <div>
        <Button small onPress={add}>
          <Plus size={13} aria-hidden />
          Add {noun}
        </Button>
      </div>
    </div>
  );
}
