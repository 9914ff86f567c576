/** Text as the chips in it: parted by spaces and commas, but not inside an expression. Pure. */
import { templateParts } from "@/model/template";

export function splitChips(text: string): string[] {
  const chips = [""];
  for (const part of templateParts(text)) {
    const source = text.slice(part.from, part.to);
    const pieces = part.kind === "text" ? source.split(/[\s,]+/) : [source];
    chips[chips.length - 1] += pieces[0] ?? "";
    chips.push(...pieces.slice(1));
  }
  return chips.filter((chip) => chip !== "");
}

/** Whether what was typed so far ends a chip. */
export function endsChip(text: string): boolean {
  const last = templateParts(text).at(-1);
  return last?.kind === "text" && /[\s,]$/.test(last.text);
}
