import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import type { FakePlatform } from "@/platform/fake";
import { failure } from "@/platform/fake/evaluate";
import { PRACTICE_OAUTH, PRACTICE_RENEWING } from "@/platform/fake/samples";
import type { FakeAccountRow } from "@/platform/fake/sessions";
import type { ActivityView } from "@/platform/wire";
import { openEditor } from "@/testing/render";

vi.setConfig({ testTimeout: 60_000 });

const now = () => Math.floor(Date.now() / 1000);
const WORK: Partial<FakeAccountRow> = {
  name: "Work",
  label: "ada@example.com",
  state: "signed_in",
  expires_at: now() + 3150,
  stored_at: now(),
  outputs: {},
};
const PERSONAL: Partial<FakeAccountRow> = { name: "Personal" };
const ENDED: Partial<FakeAccountRow> = {
  name: "Old",
  label: "old@example.com",
  state: "needs_you",
  needs_you: {
    code: "oauth.invalid_grant",
    message: "Acme ended the session: “refresh token expired”.",
    at: 1,
  },
  outputs: {},
};

async function opened(accounts: readonly Partial<FakeAccountRow>[], document = PRACTICE_RENEWING) {
  const editor = await openEditor(document, (platform) => {
    const [id = ""] = [...platform.stored.keys()];
    if (accounts.length > 0) platform.sessions.set(id, accounts);
  });
  await editor.user.click(screen.getByRole("button", { name: "Accounts" }));
  const card = (name: RegExp) => within(screen.getByRole("article", { name }));
  const menu = async (name: string, action: RegExp) => {
    await editor.user.click(screen.getByRole("button", { name: `More for ${name}` }));
    await editor.user.click(await screen.findByRole("menuitem", { name: action }));
  };
  return { ...editor, card, menu };
}

describe("K3: the accounts of a connector", () => {
  test("nobody is signed in at first, and signing in says who it is", async () => {
    const { user, platform } = await opened([]);
    expect(await screen.findByText("Nobody is signed in")).toBeInTheDocument();
    const started = vi.spyOn(platform, "runStart");
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    const form = await screen.findByTestId("form-modal");
    await user.type(within(form).getByLabelText("Password"), "practice{Enter}");
    const account = await screen.findByRole("article", { name: "Default: Signed in" });
    expect(account).toHaveTextContent("Signed in as Ann Reed, expires in 51 min");
    expect(started.mock.calls[0]?.[0].what).toEqual({ type: "sign_in", account: "default" });
    expect(screen.getByRole("button", { name: /^Accounts: Ann Reed · 51 min left/ })).toBeInTheDocument();
  });

  test("each state is told in words", async () => {
    const expired = { ...WORK, name: "Expired", expires_at: now() - 300, active: false };
    await opened([WORK, PERSONAL, ENDED, expired]);
    expect(await screen.findByRole("article", { name: "Work: Signed in" })).toHaveTextContent(
      "Signed in as ada@example.com, expires in 52 min",
    );
    expect(screen.getByRole("article", { name: "Personal: Not signed in" })).toBeInTheDocument();
    expect(screen.getByRole("article", { name: "Expired: Expired" })).toHaveTextContent("expired 5 min ago");
    const ended = screen.getByRole("article", { name: "Old: Needs you" });
    expect(ended).toHaveTextContent("Acme ended the session: “refresh token expired”.");
    expect(ended).toHaveTextContent("oauth.invalid_grant");
    expect(screen.getByText("1 needs you")).toBeInTheDocument();
  });

  test("a session that runs out while one looks at it is expired", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      await opened([{ ...WORK, expires_at: now() + 30 }]);
      await screen.findByRole("article", { name: "Work: Signed in" });
      act(() => vi.advanceTimersByTime(31_000));
      expect(await screen.findByRole("article", { name: "Work: Expired" })).toHaveTextContent(
        /Signed in as ada@example.com, expired/,
      );
      expect(
        screen.getByRole("button", { name: /^Accounts: Work · ada@example.com · expired/ }),
      ).toBeVisible();
    } finally {
      vi.useRealTimers();
    }
  });

  test("one that renews itself stays signed in when its session runs out", async () => {
    await opened([{ ...WORK, renews: true, expires_at: now() - 300 }]);
    const account = await screen.findByRole("article", { name: "Work: Signed in" });
    expect(account).toHaveTextContent("Signed in as ada@example.com, renewed at the next use");
    expect(account).not.toHaveTextContent("expired");
    expect(screen.getByRole("button", { name: "Accounts: Work · ada@example.com" })).toBeVisible();
  });

  test("what the disk would not take is said to be in memory only", async () => {
    const { card } = await opened([{ ...WORK, held: true }]);
    await screen.findByRole("article", { name: /^Work/ });
    expect(card(/^Work/).getByText(/Kept in memory only/)).toBeInTheDocument();
  });

  test("Reconnect signs in to that account, and not to the one in use", async () => {
    const { user, card, platform } = await opened([WORK, ENDED]);
    const started = vi.spyOn(platform, "runStart");
    await screen.findByRole("article", { name: /^Old/ });
    expect(card(/^Work/).queryByRole("button", { name: "Reconnect" })).not.toBeInTheDocument();
    await user.click(card(/^Old/).getByRole("button", { name: "Reconnect" }));
    expect(started.mock.calls[0]?.[0].what).toEqual({ type: "sign_in", account: "Old" });
    const form = await screen.findByTestId("form-modal");
    await user.type(within(form).getByLabelText("Password"), "practice{Enter}");
    expect(await screen.findByRole("article", { name: "Old: Signed in" })).toBeInTheDocument();
    expect(card(/^Work/).getByText("in use")).toBeInTheDocument();
  });

  test("another one is put to use by keyboard, and runs take it", async () => {
    const { user, card, platform, id } = await opened([WORK, PERSONAL]);
    await screen.findByRole("article", { name: /^Personal/ });
    const use = card(/^Personal/).getByRole("button", { name: "Use this account" });
    act(() => use.focus());
    await user.keyboard("{Enter}");
    expect(await card(/^Personal/).findByText("in use")).toBeInTheDocument();
    expect(card(/^Work/).queryByText("in use")).not.toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Accounts: Personal · not signed in" })).toBeInTheDocument();
    expect(platform.sessions.row(id, null).name).toBe("Personal");
  });

  test("one is added under a name of its own; a name that is taken is told at the field", async () => {
    const { user } = await opened([WORK]);
    await user.click(screen.getByRole("button", { name: "Add account" }));
    const dialog = await screen.findByRole("dialog", { name: "Add account" });
    const name = within(dialog).getByRole("textbox", { name: "Name" });
    expect(within(dialog).getByRole("button", { name: "Add" })).toBeDisabled();
    await user.type(name, "Work{Enter}");
    expect(await within(dialog).findByText("There is an account “Work” already.")).toBeInTheDocument();
    expect(name).toBeInvalid();
    await user.type(name, " 2{Enter}");
    expect(await screen.findByRole("article", { name: "Work 2: Not signed in" })).toBeInTheDocument();
    expect(dialog).not.toBeInTheDocument();
  });

  test("one is renamed, and removed after a question; the last one stays", async () => {
    const { user, menu, platform, id } = await opened([WORK, PERSONAL]);
    await screen.findByRole("article", { name: /^Work/ });
    await menu("Work", /^Rename…/);
    const name = await screen.findByRole("textbox", { name: "Name" });
    await user.clear(name);
    await user.type(name, "Office{Enter}");
    expect(await screen.findByRole("article", { name: "Office: Signed in" })).toBeInTheDocument();

    await menu("Office", /^Remove…/);
    const question = await screen.findByRole("alertdialog", { name: "Remove “Office”?" });
    await user.click(within(question).getByRole("button", { name: "Keep it" }));
    expect(platform.sessions.rows(id)).toHaveLength(2);
    await menu("Office", /^Remove…/);
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Remove" }));
    await waitFor(() => expect(screen.getAllByRole("article")).toHaveLength(1));
    await user.click(screen.getByRole("button", { name: "More for Personal" }));
    expect(await screen.findByRole("menuitem", { name: /^Remove…/ })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
  });

  test.each([
    [true, "the provider ended the session"],
    [false, "The provider was not told"],
  ])("signing out says whether the provider was told (%s)", async (revoked, words) => {
    const { user, card, platform } = await opened([WORK, PERSONAL]);
    const signOut = platform.accountSignOut;
    platform.accountSignOut = async (...of) => ({ ...(await signOut(...of)), revoked });
    await screen.findByRole("article", { name: /^Work/ });
    await user.click(card(/^Work/).getByRole("button", { name: "Sign out" }));
    expect(await screen.findByText(new RegExp(words))).toBeInTheDocument();
    expect(await screen.findByRole("article", { name: "Work: Not signed in" })).toBeInTheDocument();
  });

  test("K2: Clear cached auth forgets one account's sign-in, after a question", async () => {
    const { user, menu, platform, id } = await opened([WORK, { ...WORK, name: "Personal", active: false }]);
    await screen.findByRole("article", { name: /^Work/ });
    await menu("Work", /^Clear cached auth…/);
    const question = await screen.findByRole("alertdialog");
    expect(platform.sessions.row(id, "Work").outputs).not.toBeNull();
    await user.click(within(question).getByRole("button", { name: "Clear cached auth" }));
    expect(await screen.findByRole("article", { name: "Work: Not signed in" })).toBeInTheDocument();
    expect(screen.getByRole("article", { name: "Personal: Signed in" })).toBeInTheDocument();
  });

  test("what the core refuses is told, and the list stays as it was", async () => {
    const { user, card, platform } = await opened([WORK, PERSONAL]);
    platform.accountActivate = () => Promise.reject(failure("store.locked", "The database is locked."));
    await screen.findByRole("article", { name: /^Personal/ });
    await user.click(card(/^Personal/).getByRole("button", { name: "Use this account" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(
      "The account was not chosen. The database is locked.",
    );
    expect(card(/^Work/).getByText("in use")).toBeInTheDocument();
  });

  test("accounts that cannot be read are told in their place", async () => {
    const unreadable = (platform: FakePlatform) => {
      platform.accountList = () => Promise.reject(failure("vault.locked", "The keyring is locked."));
    };
    const { user } = await openEditor(PRACTICE_RENEWING, unreadable);
    await user.click(screen.getByRole("button", { name: "Accounts" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(
      "The accounts could not be read. The keyring is locked.",
    );
  });

  test("a connector with nobody signed in has no account in its header", async () => {
    await opened([], PRACTICE_OAUTH);
    await screen.findByText("Nobody is signed in");
    expect(screen.queryByRole("button", { name: /^Accounts: / })).not.toBeInTheDocument();
  });
});

describe("session activity", () => {
  const RENEWED: ActivityView = {
    at: 1_760_000_000,
    account: "Work",
    reason: "status_401",
    outcome: "ok",
    updated: ["login.body.token"],
    error: null,
  };

  test("there is none yet, and it says what will be there", async () => {
    await opened([WORK]);
    const activity = await screen.findByRole("region", { name: "Session activity" });
    expect(await within(activity).findByText(/No session was renewed yet/)).toBeInTheDocument();
  });

  test("each renewal says when, for whom, why, how it ended and what it changed", async () => {
    const { platform, id } = await opened([WORK, PERSONAL]);
    await screen.findByText(/No session was renewed yet/);
    platform.sessions.activity(id).push(
      RENEWED,
      {
        ...RENEWED,
        account: null,
        reason: "before_expiry",
        outcome: "failed",
        updated: [],
        error: { code: "http.connect", message: "The server did not answer." },
      },
      { ...RENEWED, account: "default", reason: "expired", outcome: "refused", updated: [] },
      { ...RENEWED, account: "Work", reason: "asked", outcome: "needs_you", updated: [] },
    );
    act(() => platform.notify({ kind: "sessions_changed" }));
    const rows = await screen.findAllByTestId("activity");
    expect(rows[0]).toHaveTextContent(
      /^Renewed ?Work.*2025.*Because the API refused the session.*login.body.token$/,
    );
    expect(rows[1]).toHaveTextContent("Failed, will be tried againShared sign-in");
    expect(rows[1]).toHaveTextContent("http.connect The server did not answer.");
    expect(rows[2]).toHaveTextContent("Refused by the providerDefault");
    expect(rows[2]).toHaveTextContent("Because the session had expired");
    expect(rows[3]).toHaveTextContent("Needs youWork");
  });

  test("a renewal here is there as soon as the run is over", async () => {
    const session = { login: { body: { renew: { token: "rnw_81b5" } } } };
    const { user } = await opened([{ ...WORK, outputs: session }]);
    await screen.findByText(/No session was renewed yet/);
    await user.click(screen.getByRole("button", { name: "Test refresh flow" }));
    expect(await screen.findByTestId("activity")).toHaveTextContent("Because it was asked for");
  });
});

test("sessions that change elsewhere are read again, and nobody is told", async () => {
  const { platform, id } = await opened([WORK]);
  await screen.findByRole("article", { name: "Work: Signed in" });
  const read = vi.spyOn(platform, "authStatus");
  platform.sessions.set(id, [ENDED]);
  act(() => platform.notify({ kind: "sessions_changed" }));
  expect(await screen.findByRole("article", { name: "Old: Needs you" })).toBeInTheDocument();
  expect(
    screen.getByRole("button", { name: "Accounts: Old · old@example.com · needs you" }),
  ).toBeInTheDocument();
  expect(read).toHaveBeenCalled();
  expect(screen.queryByTestId("notice-sessions_changed")).not.toBeInTheDocument();
});
