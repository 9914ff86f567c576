import { useMemo } from "react";
import { encode } from "uqr";
import styles from "./QrPicture.module.css";

interface Props {
  /** What a phone reads out of it. */
  text: string;
  /** What it is for those who do not see it. */
  label: string;
}

/** Dark modules of a row, joined where they touch. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = "";
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue;
    const from = x;
    while (row[x + 1]) x += 1;
    path += `M${from} ${y}h${x + 1 - from}v1h-${x + 1 - from}z`;
  }
  return path;
}

/** A QR code, drawn here: the text leaves the window only by a camera. Nothing where the text is too long. */
export function QrPicture({ text, label }: Props) {
  const picture = useMemo(() => {
    try {
      const { data, size } = encode(text, { ecc: "M", border: 4 });
      return { size, path: data.map(rowPath).join("") };
    } catch {
      return null;
    }
  }, [text]);
  if (!picture) return null;
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles.picture}
      viewBox={`0 0 ${picture.size} ${picture.size}`}
      shapeRendering="crispEdges"
    >
      <path d={picture.path} />
    </svg>
  );
}
