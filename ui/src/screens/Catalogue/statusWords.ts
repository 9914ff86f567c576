/** How far an entry of the catalogue was tried, in words. */
import type { CatalogueEntry } from "@/platform/wire";

const DAY = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** `2026-11-26` as people write it; what is no day stays as it is. */
export function dayWords(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  return Number.isNaN(day.getTime()) ? date : DAY.format(day);
}

export function statusWords(entry: CatalogueEntry): string {
  const how = entry.status === "tried" ? "Tried" : "From documentation";
  return `${how}, ${dayWords(entry.date)}`;
}

/** What that means for whoever adds it. */
export function statusMeaning(entry: CatalogueEntry): string {
  const day = dayWords(entry.date);
  return entry.status === "tried"
    ? `Somebody signed in with it on ${day}, and its test request worked.`
    : `Made from the provider's documentation as it was on ${day}. Nobody has signed in with it yet, so look closely at the first test.`;
}
