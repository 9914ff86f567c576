/** What a deletion would break: the errors that the checker finds afterwards and did not find before. */
import type { Broken } from "@/editor/DeleteDialog/DeleteDialog";
import { type App, writeApp } from "@/model/app";
import type { Platform } from "@/platform/platform";
import type { Diagnostic } from "@/platform/wire";
import { whereOf } from "./appPlace";

/** Without the path: places move up where something before them goes. */
function kindOf(finding: Diagnostic): string {
  return `${finding.code} ${finding.message}`;
}

export function newErrors(before: readonly Diagnostic[], after: readonly Diagnostic[]): Diagnostic[] {
  const known = new Map<string, number>();
  for (const one of before) known.set(kindOf(one), (known.get(kindOf(one)) ?? 0) + 1);
  return after.filter((one) => {
    if (one.severity !== "error") return false;
    const left = known.get(kindOf(one)) ?? 0;
    known.set(kindOf(one), left - 1);
    return left <= 0;
  });
}

export async function brokenWithout(platform: Platform, app: App, without: App): Promise<Broken[]> {
  const [before, after] = await Promise.all([
    platform.appCheck(writeApp(app)),
    platform.appCheck(writeApp(without)),
  ]);
  return newErrors(before, after).map((one) => ({
    what: one.message,
    isCode: false,
    where: whereOf(without, one.path),
  }));
}
