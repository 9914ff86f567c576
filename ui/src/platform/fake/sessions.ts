/** Accounts of connectors, what they are signed in with, and what was renewed, in memory. */
import type { Platform } from "../platform";
import type { AccountView, ActivityView, RefreshEnd } from "../wire";
import { failure, type Scope } from "./evaluate";

const seconds = () => Math.floor(Date.now() / 1000);
const LIFETIME = 3120;

export interface FakeAccountRow extends AccountView {
  outputs: Scope | null;
}

const SIGNED_OUT = {
  label: null,
  state: "signed_out",
  expires_at: null,
  renews: false,
  stored_at: null,
  needs_you: null,
  held: false,
  outputs: null,
} as const;

type SessionCommands = Pick<
  Platform,
  | "accountList"
  | "accountAdd"
  | "accountRename"
  | "accountActivate"
  | "accountRemove"
  | "accountSignOut"
  | "accountClear"
  | "sessionActivity"
>;

export class FakeSessions {
  readonly #accounts = new Map<string, FakeAccountRow[]>();
  readonly #activity = new Map<string, ActivityView[]>();

  rows(connector: string): FakeAccountRow[] {
    const rows = this.#accounts.get(connector) ?? [{ ...SIGNED_OUT, name: "default", active: true }];
    this.#accounts.set(connector, rows);
    return rows;
  }

  row(connector: string, name: string | null): FakeAccountRow {
    const row = this.rows(connector).find((one) => (name === null ? one.active : one.name === name));
    if (!row) throw failure("account.unknown", `There is no account “${name}” any more.`);
    return row;
  }

  /** Puts accounts there, as a test wants them. */
  set(connector: string, accounts: readonly Partial<FakeAccountRow>[]): void {
    this.#accounts.set(
      connector,
      accounts.map((one, index) => ({
        ...SIGNED_OUT,
        name: `account ${index}`,
        active: index === 0,
        ...one,
      })),
    );
  }

  signedIn(connector: string, name: string | null, outputs: Scope, label: string | null): void {
    Object.assign(this.row(connector, name), {
      label,
      state: "signed_in",
      expires_at: seconds() + LIFETIME,
      stored_at: seconds(),
      needs_you: null,
      outputs,
    });
  }

  renewed(connector: string, name: string | null, about: Omit<ActivityView, "at" | "account">): void {
    const row = this.row(connector, name);
    if (about.outcome === "ok") {
      Object.assign(row, { state: "signed_in", expires_at: seconds() + LIFETIME, stored_at: seconds() });
    } else if (about.outcome !== "failed" && about.error) {
      Object.assign(row, { state: "needs_you", needs_you: { ...about.error, at: seconds() } });
    }
    this.activity(connector).unshift({ at: seconds(), account: row.name, ...about });
  }

  activity(connector: string): ActivityView[] {
    const list = this.#activity.get(connector) ?? [];
    this.#activity.set(connector, list);
    return list;
  }

  clear(connector: string, name: string | null): void {
    Object.assign(this.row(connector, name), SIGNED_OUT);
  }

  commands(): SessionCommands {
    const views = (connector: string): AccountView[] =>
      this.rows(connector).map(({ outputs: _outputs, ...view }) => ({ ...view }));
    const checked = (connector: string, name: string): string => {
      const wanted = name.trim();
      if (wanted === "") throw failure("account.name", "Give the account a name.", { field: "name" });
      if (this.rows(connector).some((one) => one.name === wanted)) {
        throw failure("account.name_taken", `There is an account “${wanted}” already.`, { field: "name" });
      }
      return wanted;
    };
    return {
      accountList: async (connector) => views(connector),
      accountAdd: async (connector, name) => {
        const wanted = checked(connector, name);
        this.rows(connector).push({ ...SIGNED_OUT, name: wanted, active: false });
        return views(connector);
      },
      accountRename: async (connector, name, newName) => {
        this.row(connector, name).name = checked(connector, newName);
        return views(connector);
      },
      accountActivate: async (connector, name) => {
        const chosen = this.row(connector, name);
        for (const row of this.rows(connector)) row.active = row === chosen;
        return views(connector);
      },
      accountRemove: async (connector, name) => {
        const gone = this.row(connector, name);
        const left = this.rows(connector).filter((row) => row !== gone);
        const [first = { ...SIGNED_OUT, name: "default", active: true }, ...rest] = left;
        if (!left.some((row) => row.active)) first.active = true;
        this.#accounts.set(connector, [first, ...rest]);
        return views(connector);
      },
      accountSignOut: async (connector, name) => {
        this.row(connector, name);
        this.clear(connector, name);
        return { revoked: true, message: "" };
      },
      accountClear: async (connector, name) => this.clear(connector, name),
      sessionActivity: async (connector) => [...this.activity(connector)],
    };
  }
}

/** How a renewal that failed with this error ended. */
export function refusedEnd(code: string): RefreshEnd {
  return code === "session.needs_you" ? "refused" : "failed";
}
