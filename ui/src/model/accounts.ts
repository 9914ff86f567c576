/** Accounts as people read them. */

/** The account that is there from the start has a name of the core's. */
export function accountTitle(name: string): string {
  return name === "default" ? "Default" : name;
}
