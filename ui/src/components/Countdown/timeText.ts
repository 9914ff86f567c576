/** Time that is left and time that has passed, as people read it. Pure: the present is handed in. */

/** Counting down by the second: `3:07`, `1:02:03`. */
export function clockLeft(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds));
  const two = (part: number) => String(part).padStart(2, "0");
  const minutes = Math.floor(left / 60);
  if (minutes < 60) return `${minutes}:${two(left % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(left % 60)}`;
}

/** A span in its two largest units: `4 min 10 s`, `3 h 12 min`, `5 days`. */
export function spanText(seconds: number): string {
  const span = Math.max(0, Math.floor(seconds));
  const [days, hours, minutes] = [Math.floor(span / 86_400), Math.floor(span / 3600), Math.floor(span / 60)];
  const joined = (first: string, rest: number, unit: string) =>
    rest === 0 ? first : `${first} ${rest} ${unit}`;
  if (days >= 2) return `${days} days`;
  if (hours >= 1) return joined(`${hours} h`, minutes % 60, "min");
  if (minutes >= 1) return joined(`${minutes} min`, span % 60, "s");
  return `${span} s`;
}

/** `expires in 4 min 10 s`, or `expired 2 min ago`. */
export function expiryText(expiresAt: number, now: number): string {
  const left = Math.floor(expiresAt - now);
  if (left > 0) return `expires in ${spanText(left)}`;
  // How many seconds ago does not matter any more once it is minutes.
  const ago = -left < 60 ? -left : Math.floor(-left / 60) * 60;
  return ago === 0 ? "expired just now" : `expired ${spanText(ago)} ago`;
}

/** A span in its largest unit, for what does not tick: `52 min`, `3 h`, `5 days`. */
export function roughSpan(seconds: number): string {
  if (seconds < 60) return "less than a minute";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} days`;
}
