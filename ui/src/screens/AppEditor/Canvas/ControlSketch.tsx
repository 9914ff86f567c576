import { ChevronDown, Image as ImageIcon } from "lucide-react";
import type {
  ButtonControl,
  Control,
  ImageControl,
  InputControl,
  JsonControl,
  RecordControl,
  SelectControl,
  TableControl,
} from "@/model/app";
import { singleExpression } from "@/model/template";
import styles from "./Canvas.module.css";
import { TemplateWords } from "./TemplateWords";

/** A control as its window would draw it, without an answer: what it will hold stands for itself. */
export function ControlSketch({ control }: { control: Control }) {
  switch (control.type) {
    case "text":
      return (
        <span className={`${styles.text} ${styles[control.style ?? "body"]}`}>
          <TemplateWords source={control.text} otherwise="No words yet" />
        </span>
      );
    case "input":
      return <InputSketch control={control} />;
    case "button":
      return <ButtonSketch control={control} />;
    case "table":
      return <TableSketch control={control} />;
    case "select":
      return <SelectSketch control={control} />;
    case "record":
      return <RecordSketch control={control} />;
    case "json":
      return <JsonSketch control={control} />;
    case "image":
      return <ImageSketch control={control} />;
    default:
      return <span className={styles.text}>A control of a later release</span>;
  }
}

function InputSketch({ control }: { control: InputControl }) {
  return (
    <span className={`${styles.box} ${control.input_type === "multiline" ? styles.tall : ""}`}>
      {control.default ? (
        <TemplateWords source={control.default} />
      ) : (
        <span className={styles.faint}>
          <TemplateWords source={control.placeholder} />
        </span>
      )}
    </span>
  );
}

function ButtonSketch({ control }: { control: ButtonControl }) {
  return (
    <span className={styles.buttonLine}>
      <span className={`${styles.button} ${styles[control.style ?? "secondary"]}`}>
        <TemplateWords source={control.text} otherwise="No words yet" />
      </span>
    </span>
  );
}

const LINES = [0, 1, 2];

function TableSketch({ control }: { control: TableControl }) {
  const columns = control.columns ?? [];
  const shown = columns.length > 0 ? columns : [{ label: "Columns from the answer", value: "" }];
  return (
    <span className={styles.table}>
      <span className={styles.tableHead}>
        {shown.map((column, index) => (
          <span key={index} className={styles.cell}>
            {column.label || "No label"}
          </span>
        ))}
      </span>
      {LINES.map((line) => (
        <span key={line} className={styles.tableRow}>
          {shown.map((column, index) => (
            <span key={index} className={styles.cell}>
              {line === 0 && column.value ? (
                <TemplateWords source={column.value} />
              ) : (
                <span className={styles.bar} style={{ width: `${70 - ((line + index) % 3) * 15}%` }} />
              )}
            </span>
          ))}
        </span>
      ))}
    </span>
  );
}

function SelectSketch({ control }: { control: SelectControl }) {
  const { options } = control;
  const first = Array.isArray(options) ? options[0]?.label : undefined;
  return (
    <span className={styles.box}>
      <span className={styles.boxWords}>
        {control.default ? (
          <TemplateWords source={control.default} />
        ) : (
          <span className={styles.faint}>
            <TemplateWords source={control.placeholder ?? first} otherwise="Choose" />
          </span>
        )}
      </span>
      <ChevronDown size={13} aria-hidden />
    </span>
  );
}

function RecordSketch({ control }: { control: RecordControl }) {
  const fields = control.fields ?? [];
  if (fields.length === 0) {
    return (
      <span className={styles.record}>
        {LINES.map((line) => (
          <span key={line} className={styles.recordLine}>
            <span className={styles.bar} style={{ width: `${50 - line * 8}%` }} />
            <span className={styles.bar} style={{ width: `${80 - line * 15}%` }} />
          </span>
        ))}
      </span>
    );
  }
  return (
    <span className={styles.record}>
      {fields.slice(0, 8).map((field, index) => (
        <span key={index} className={styles.recordLine}>
          <span className={styles.faint}>{field.label || "No label"}</span>
          <span className={styles.cell}>
            <TemplateWords source={field.value} />
          </span>
        </span>
      ))}
    </span>
  );
}

function JsonSketch({ control }: { control: JsonControl }) {
  return (
    <span className={styles.json}>{control.value ? <TemplateWords source={control.value} /> : "{ … }"}</span>
  );
}

function ImageSketch({ control }: { control: ImageControl }) {
  const value = control.value ? singleExpression(control.value) : null;
  return (
    <span className={styles.image}>
      <ImageIcon size={20} strokeWidth={1.5} aria-hidden />
      <span className={styles.imageWords}>
        <TemplateWords
          source={control.description ?? (value ? control.value : undefined)}
          otherwise="Picture"
        />
      </span>
    </span>
  );
}
