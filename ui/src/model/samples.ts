/** How the samples that the practice provider brings are known again: their ids are of one family. */

const FAMILY = "4b0a4f0e-6f0c-4c1d-9a57-6f1d2f4e9";

export function isSample(id: string): boolean {
  return id.startsWith(FAMILY);
}
