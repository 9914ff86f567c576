import { startCompletion } from "@codemirror/autocomplete";
import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import type { MultistepAuth, Refresh } from "@/model/connector";
import { readDocument } from "@/model/document";
import { writeJson } from "@/model/json";
import { PRACTICE_LOGIN, PRACTICE_OAUTH, PRACTICE_RENEWING } from "@/platform/fake/samples";
import { codeField, openEditor, typeInto } from "@/testing/render";

vi.setConfig({ testTimeout: 60_000 });

async function opened(document: string) {
  const editor = await openEditor(document);
  const section = () => within(screen.getByRole("region", { name: "Refresh flow" }));
  const refresh = (): Refresh | undefined =>
    (readDocument(editor.stored()?.draft?.document ?? editor.stored()?.document ?? "").auth as MultistepAuth)
      .refresh;
  const choose = async (name: string) => {
    await editor.user.click(section().getByRole("button", { name: "Add step" }));
    await editor.user.click(await screen.findByRole("menuitem", { name }));
  };
  const openSettings = () => editor.user.click(section().getByRole("button", { name: /^Refresh settings/ }));
  const menu = async (step: string, action: string) => {
    await editor.user.click(section().getByRole("button", { name: `More for ${step}` }));
    await editor.user.click(await screen.findByRole("menuitem", { name: action }));
  };
  const order = () =>
    section()
      .getAllByTestId(/^step-/)
      .map((card) => card.dataset.testid);
  return { ...editor, section, refresh, choose, openSettings, menu, order };
}

async function openedEmpty() {
  const editor = await opened(PRACTICE_LOGIN);
  await editor.user.click(editor.section().getByRole("button", { name: "Set up a refresh flow" }));
  return editor;
}

describe("the refresh flow", () => {
  test("R4: there is none, one of its own, or the auth flow again; what was written is kept meanwhile", async () => {
    const { section, user, refresh, openSettings } = await opened(PRACTICE_RENEWING);
    await openSettings();
    const same = screen.getByRole("switch", { name: /^Same as auth flow/ });
    expect(same).not.toBeChecked();
    await user.click(same);
    expect(section().queryByRole("button", { name: "Add step" })).not.toBeInTheDocument();
    expect(section().getByText("The steps of the auth flow run again.")).toBeInTheDocument();
    expect(screen.queryByRole("region", { name: "Updates" })).not.toBeInTheDocument();
    await waitFor(() => expect(refresh()?.mode).toBe("same_as_auth_flow"));
    expect(refresh()?.steps).toHaveLength(1);

    await user.click(screen.getByRole("switch", { name: /^Use a refresh flow/ }));
    expect(section().getByText("off")).toBeInTheDocument();
    expect(screen.queryByRole("region", { name: "When it runs" })).not.toBeInTheDocument();
    await waitFor(() => expect(refresh()?.mode).toBe("none"));

    await user.click(section().getByRole("button", { name: "Set up a refresh flow" }));
    expect(section().getByTestId("step-renew")).toBeInTheDocument();
    await waitFor(() => expect(refresh()).toEqual(JSON.parse(PRACTICE_RENEWING).auth.refresh));
  });

  test("R2: Add step offers what needs no person, the two usual kinds first", async () => {
    const { section, user } = await openedEmpty();
    await user.click(section().getByRole("button", { name: "Add step" }));
    const kinds = await screen.findByRole("menu", { name: "Add step" });
    expect(
      within(kinds)
        .getAllByRole("menuitem")
        .map((item) => item.querySelector("[slot=label]")?.textContent),
    ).toEqual([
      "API request",
      "SSO token",
      "Set variables",
      "Poll until ready",
      "OAuth 2.0 client credentials",
      "JWT bearer",
    ]);
    const more = within(kinds).getByRole("group", { name: "More" });
    expect(within(more).getAllByRole("menuitem")).toHaveLength(4);
  });

  test("R2: a step that is added opens, and an SSO token fits in once beside one of the auth flow", async () => {
    const { section, user, choose, refresh } = await openedEmpty();
    await choose("API request");
    expect(screen.getByRole("textbox", { name: "Id" })).toHaveValue("renew");
    typeInto("URL", "/renew");
    await choose("SSO token");
    await waitFor(() => expect(refresh()?.steps?.map((step) => step.id)).toEqual(["renew", "sso"]));
    expect(refresh()?.steps?.[0]).toMatchObject({ type: "api_request", request: { url: "/renew" } });
    await user.click(section().getByRole("button", { name: "Add step" }));
    const item = await screen.findByRole("menuitem", { name: "SSO token" });
    expect(item).toHaveAttribute("aria-disabled", "true");
    expect(item).toHaveTextContent("This flow has one already (sso)");
  });

  test("R2: Paste step takes API requests and cURL commands, and says why not another kind", async () => {
    const { section, user, platform, refresh } = await openedEmpty();
    const paste = () => user.click(section().getByRole("button", { name: "Paste step" }));
    const copied = (step: unknown) => writeJson({ format: "latchwork.step/1", step });
    platform.clipboard = copied({ id: "login", type: "api_request", request: { method: "POST", url: "/x" } });
    await paste();
    // The auth flow has a step of this name already.
    expect(await section().findByTestId("step-login2")).toBeInTheDocument();
    platform.clipboard = "curl -X PUT https://api.acme.example/renew";
    await paste();
    expect(await section().findByTestId("step-call")).toHaveTextContent("PUT https://api.acme.example/renew");
    platform.clipboard = copied({ id: "ask", type: "form", title: "Sign in", fields: [] });
    await paste();
    expect(await screen.findByRole("alert")).toHaveTextContent(/No step was pasted.*refresh flow/);
    expect(screen.getByRole("alert")).toHaveTextContent("takes API requests from the clipboard");
    await waitFor(() => expect(refresh()?.steps).toHaveLength(2));
  });

  test("S9: its steps are duplicated, moved by keyboard, disabled, deleted, and each is undone", async () => {
    const { section, user, menu, order, refresh } = await opened(PRACTICE_RENEWING);
    await menu("Renew session", "Duplicate");
    expect(order()).toEqual(["step-renew", "step-renew2"]);
    await user.click(section().getByTestId("step-renew2"));
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
    expect(order()).toEqual(["step-renew2", "step-renew"]);
    expect(section().getByTestId("step-renew2")).toHaveFocus();
    await user.click(screen.getByRole("button", { name: "More for this step" }));
    await user.click(await screen.findByRole("menuitem", { name: "Disable" }));
    expect(section().getByTestId("step-renew2")).toHaveTextContent("off");
    await user.click(screen.getByRole("button", { name: "More for this step" }));
    await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
    await waitFor(() => expect(order()).toEqual(["step-renew"]));
    for (let i = 0; i < 4; i += 1) await user.keyboard("{Control>}z{/Control}");
    expect(order()).toEqual(["step-renew"]);
    expect(refresh()).toEqual(JSON.parse(PRACTICE_RENEWING).auth.refresh);
    await user.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
    expect(order()).toEqual(["step-renew", "step-renew2"]);
  });

  test("S9: deleting a step that an update takes its value from shows what breaks", async () => {
    const { section, menu, user } = await opened(PRACTICE_RENEWING);
    await menu("Renew session", "Delete");
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog).toHaveTextContent("{{ renew.body.token }}");
    expect(dialog).toHaveTextContent("auth.refresh.updates[0].value");
    await user.click(within(dialog).getByRole("button", { name: "Keep it" }));
    expect(section().getByTestId("step-renew")).toBeInTheDocument();
    // A step of the auth flow, whose output an update renews.
    await user.click(screen.getByRole("button", { name: "More for Log in" }));
    await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
    expect(await screen.findByRole("alertdialog")).toHaveTextContent(
      "login.body.tokenauth.refresh.updates[0].target",
    );
  });

  test("R3: renaming a step of the auth flow rewrites the targets, of the refresh flow the values", async () => {
    const { user, refresh, section } = await opened(PRACTICE_RENEWING);
    const rename = async (card: HTMLElement, to: string) => {
      await user.click(card);
      const id = screen.getByRole("textbox", { name: "Id" });
      await user.clear(id);
      await user.type(id, `${to}{Enter}`);
    };
    await rename(screen.getByTestId("step-login"), "session");
    // The header, the renewal's body, the account's name and the update's target.
    expect(await screen.findByText(/4 references were rewritten/)).toBeInTheDocument();
    await rename(section().getByTestId("step-renew"), "again");
    expect(await section().findByTestId("step-again")).toBeInTheDocument();
    await waitFor(() =>
      expect(refresh()?.updates).toEqual([{ target: "session.body.token", value: "{{ again.body.token }}" }]),
    );
  });

  test("the ids of both flows are one set", async () => {
    const { user, section } = await opened(PRACTICE_RENEWING);
    await user.click(section().getByTestId("step-renew"));
    const id = screen.getByRole("textbox", { name: "Id" });
    await user.clear(id);
    await user.type(id, "login");
    expect(screen.getByText("Another step is already called “login”.")).toBeInTheDocument();
  });
});

describe("the refresh flow's settings", () => {
  test("R3: a target is picked from the outputs of the auth flow, or typed; a wrong one is told at its field", async () => {
    const { user, openSettings, refresh } = await opened(PRACTICE_RENEWING);
    await openSettings();
    const updates = within(screen.getByRole("region", { name: "Updates" }));
    await user.click(updates.getByRole("button", { name: "Add update" }));
    const target = updates.getByRole("combobox", { name: "Target of update 2" });
    await user.type(target, "signin.pass");
    const options = await screen.findAllByRole("option");
    expect(options.map((option) => option.textContent)).toEqual(["signin.password"]);
    await user.keyboard("{ArrowDown}{Enter}");
    expect(target).toHaveValue("signin.password");
    typeInto("Value of update 2", "{{ renew.body.password }}");
    await waitFor(() =>
      expect(refresh()?.updates?.[1]).toEqual({
        target: "signin.password",
        value: "{{ renew.body.password }}",
      }),
    );
    await user.clear(target);
    await user.type(target, "nobody.token{Escape}");
    expect(await screen.findByText(/“nobody.token” is no output of the auth flow/)).toBeInTheDocument();
    await user.click(updates.getByRole("button", { name: "Delete update 2" }));
    await user.click(updates.getByRole("button", { name: "Delete update 1" }));
    await waitFor(() => expect(refresh()).not.toHaveProperty("updates"));
  });

  test("R3: after a run the parts of its answers are offered, and a click in the outputs fills the target", async () => {
    const { user, openSettings } = await opened(PRACTICE_RENEWING);
    await user.click(screen.getByRole("button", { name: "Test auth steps" }));
    await user.type(
      within(await screen.findByTestId("form-modal")).getByLabelText("Password"),
      "practice{Enter}",
    );
    await waitFor(() => expect(screen.getByTestId("run-state")).toHaveAttribute("data-state", "ok"));
    await openSettings();
    const target = screen.getByRole("combobox", { name: "Target of update 1" });
    await user.clear(target);
    await user.type(target, "user.ro");
    expect((await screen.findAllByRole("option"))[0]).toHaveTextContent("login.body.user.roles");
    await user.keyboard("{Escape}");
    await user.click(screen.getByTestId("output-login.body.expires_in"));
    expect(target).toHaveValue("login.body.expires_in");
  });

  test("R3: a value completes the outputs of both flows", async () => {
    const { openSettings, platform } = await opened(PRACTICE_RENEWING);
    await openSettings();
    const asked = vi.spyOn(platform, "templateNames");
    const field = codeField("Value of update 1");
    expect(field.state.doc.toString()).toBe("{{ renew.body.token }}");
    act(() => {
      field.focus();
      field.dispatch({ selection: { anchor: 3 } });
      startCompletion(field);
    });
    await waitFor(() => expect(asked).toHaveBeenCalled());
    expect(asked.mock.calls[0]?.[1]).toBe("auth.refresh.updates[0].value");
    const names = await asked.mock.results[0]?.value;
    expect(names.map((name: { name: string }) => name.name)).toEqual(
      expect.arrayContaining(["login.body", "signin.email", "renew.body"]),
    );
  });

  test("R5: stored credentials are said to answer the form without showing it", async () => {
    const { user, openSettings, refresh } = await opened(PRACTICE_RENEWING);
    await openSettings();
    const stored = screen.getByRole("switch", { name: /^Use stored credentials/ });
    expect(
      screen.getByText(/answered from what the person gave before, without showing it/),
    ).toBeInTheDocument();
    await user.click(stored);
    await waitFor(() => expect(refresh()?.use_stored_credentials).toBe(true));
    await user.click(stored);
    await waitFor(() => expect(refresh()).not.toHaveProperty("use_stored_credentials"));
  });

  test("R6: statuses, a condition and the time before expiry start it; what is the default is not written", async () => {
    const { user, openSettings, refresh, section } = await opened(PRACTICE_RENEWING);
    await openSettings();
    expect(section().getByText("on 401")).toBeInTheDocument();
    const statuses = screen.getByRole("textbox", { name: "Add a status" });
    await user.type(statuses, "403 5XX ");
    await user.type(statuses, "often ");
    expect(screen.getByRole("alert")).toHaveTextContent("“often” is no status");
    await user.type(screen.getByRole("textbox", { name: "Seconds before expiry" }), "60");
    typeInto("Condition on the answer", "{{ body.error == 'expired' }}");
    await waitFor(() =>
      expect(refresh()?.on).toEqual({
        statuses: [401, 403, "5xx"],
        before_expiry_seconds: 60,
        when: "{{ body.error == 'expired' }}",
      }),
    );
    expect(section().getByText("on 401, 403, 5xx and more")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Remove status 403" }));
    await user.click(screen.getByRole("button", { name: "Remove status 5xx" }));
    await user.clear(screen.getByRole("textbox", { name: "Seconds before expiry" }));
    typeInto("Condition on the answer", "");
    await waitFor(() => expect(refresh()).not.toHaveProperty("on"));
  });

  test("a finding of the refresh flow leads to its settings, of one of its steps to the step", async () => {
    const broken = JSON.parse(PRACTICE_RENEWING);
    broken.auth.refresh.updates[0].target = "gone.body.token";
    broken.auth.refresh.steps[0].request.url = "/renew/{{ nobody.id }}";
    const { user } = await opened(JSON.stringify(broken));
    const findings = async (words: RegExp) => {
      await user.click(await screen.findByRole("button", { name: "2 errors" }));
      await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: words }));
    };
    await findings(/gone.body.token/);
    expect(screen.getByRole("heading", { level: 1, name: "Refresh flow" })).toBeInTheDocument();
    await waitFor(() => expect(screen.getByRole("combobox", { name: "Target of update 1" })).toHaveFocus());
    await findings(/nobody.id/);
    expect(screen.getByRole("textbox", { name: "Id" })).toHaveValue("renew");
  });

  test("an OAuth step that renews itself is told where there is no refresh flow", async () => {
    const { section } = await opened(PRACTICE_OAUTH);
    expect(section().getByText(/“Sign in to Acme” renews itself with its refresh token/)).toBeInTheDocument();
  });
});

test("K3: which output names the account is a setting of the connector", async () => {
  const { user, stored } = await opened(PRACTICE_LOGIN);
  await user.click(screen.getByRole("button", { name: "Connector settings" }));
  typeInto("Account name", "{{ login.body.user.email }}");
  await waitFor(() =>
    expect(readDocument(stored()?.draft?.document ?? stored()?.document ?? "").account_name).toBe(
      "{{ login.body.user.email }}",
    ),
  );
});
