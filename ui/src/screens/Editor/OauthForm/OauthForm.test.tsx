import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import type { MultistepAuth, Oauth2Auth, OauthStep } from "@/model/connector";
import { readDocument } from "@/model/document";
import { stepOutputs } from "@/model/stepKinds";
import { PRACTICE_OAUTH } from "@/platform/fake/samples";
import { renderInEditor } from "@/testing/editorPart";
import { codeField, openEditor, typeInto } from "@/testing/render";
import { OauthForm } from "./OauthForm";

// The whole editor, click by click: on a busy machine that takes a while.
vi.setConfig({ testTimeout: 60_000 });

/** A connector whose only step is this one. */
function withStep(step: Record<string, unknown>, more: Record<string, unknown> = {}): string {
  return JSON.stringify({
    format: "latchwork.connector/1",
    name: "Acme",
    kind: "rest",
    base_url: "https://api.acme.example",
    auth: { method: "multistep", steps: [step] },
    ...more,
  });
}

async function openStep(step: Record<string, unknown>, more: Record<string, unknown> = {}) {
  const opened = await openEditor(withStep(step, more));
  /** The step as the draft has it. */
  const saved = async (): Promise<OauthStep> => {
    await waitFor(() => expect(screen.getByTestId("draft-state")).toHaveTextContent("Draft saved"));
    const text = opened.stored()?.draft?.document ?? "";
    return (readDocument(text).auth as MultistepAuth).steps[0] as OauthStep;
  };
  const text = (name: string) => codeField(name).state.doc.toString();
  return { ...opened, saved, text };
}

const PKCE = { id: "grant", type: "oauth2_pkce", client_id: "abc" };
const more = () => screen.getByRole("button", { name: /^More (?!for)/ });

async function choose(user: { click: (at: Element) => Promise<void> }, label: RegExp, option: RegExp) {
  await user.click(screen.getByRole("button", { name: label }));
  await user.click(await screen.findByRole("option", { name: option }));
}

/** The form of a step by itself. */
function openForm(step: Record<string, unknown>) {
  const opened = renderInEditor(readDocument(withStep(step)), (document) => {
    const [fields] = (document.auth as MultistepAuth).steps as OauthStep[];
    return fields ? (
      <OauthForm
        grant={{ type: fields.type, fields, outputs: fields.outputs ?? [], at: ["auth", "steps", 0] }}
      />
    ) : null;
  });
  const step0 = () => (opened.edited().auth as MultistepAuth).steps[0] as OauthStep;
  return { ...opened, step: step0 };
}

describe("the form of a grant", () => {
  test("what is typed is written, and taken out again where it is empty", async () => {
    const { user, step } = openForm(PKCE);
    typeInto("Authorization URL", "https://acme.example/authorize");
    typeInto("Token URL", "https://acme.example/token");
    await user.type(screen.getByRole("textbox", { name: "Add a scope" }), "openid contacts.read ");
    await choose(user, /Code challenge method/, /^plain/);
    expect(step()).toEqual({
      ...PKCE,
      authorization_url: "https://acme.example/authorize",
      token_url: "https://acme.example/token",
      scopes: ["openid", "contacts.read"],
      code_challenge_method: "plain",
    });
    typeInto("Authorization URL", "");
    typeInto("Token URL", "");
    await user.click(screen.getByRole("button", { name: "Remove scope openid" }));
    await user.click(screen.getByRole("button", { name: "Remove scope contacts.read" }));
    await choose(user, /Code challenge method/, /^S256/);
    expect(step()).toEqual(PKCE);
  });

  test("a known provider's advice is added by a click, once", async () => {
    const { user, step } = openForm({
      ...PKCE,
      authorization_url: "https://accounts.google.com/o/oauth2/v2/auth",
    });
    expect(screen.getByText(/refresh token only where the authorize parameters hold/)).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Add access_type=offline" }));
    await user.click(screen.getByRole("button", { name: "Add prompt=consent" }));
    expect(screen.queryByRole("button", { name: /^Add prompt/ })).not.toBeInTheDocument();
    expect(step().authorize_params).toEqual([
      { name: "access_type", value: "offline" },
      { name: "prompt", value: "consent" },
    ]);
    expect(more()).toHaveTextContent("1 set");
  });

  test("More: client authentication and a fixed redirect address", async () => {
    const { user, step } = openForm(PKCE);
    await user.click(more());
    expect(screen.queryByRole("textbox", { name: "Client key" })).not.toBeInTheDocument();
    await choose(user, /How the client shows who it is/, /^Private key/);
    typeInto("Client key", "{{ vars.key }}");
    typeInto("Client key ID", "k1");
    typeInto("Fixed redirect address", "http://localhost:8123/cb");
    expect(screen.getByTestId("redirect-address")).toHaveTextContent("http://localhost:8123/cb");
    expect(step()).toEqual({
      ...PKCE,
      client_auth: "private_key_jwt",
      client_key: "{{ vars.key }}",
      client_key_id: "k1",
      redirect_uri: "http://localhost:8123/cb",
    });
  });

  test("More: parameters and headers of each request go to their own list, which goes with its last one", async () => {
    const { user, step } = openForm(PKCE);
    await user.click(more());
    const lists = {
      "authorize parameter": "authorize_params",
      "token parameter": "token_params",
      "refresh parameter": "refresh_params",
      "token header": "token_headers",
      "refresh header": "refresh_headers",
    };
    for (const noun of Object.keys(lists)) {
      await user.click(screen.getByRole("button", { name: `Add ${noun}` }));
      typeInto(`Name of ${noun} 1`, noun);
    }
    expect(step()).toEqual({
      ...PKCE,
      ...Object.fromEntries(Object.entries(lists).map(([name, list]) => [list, [{ name, value: "" }]])),
    });
    await user.click(screen.getByRole("button", { name: "More for token header 1" }));
    await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
    expect(step()).not.toHaveProperty("token_headers");
  });

  test("More: the token request, its answer and its renamed parameters", async () => {
    const { user, step } = openForm(PKCE);
    await user.click(more());
    await choose(user, /Method$/, /^GET/);
    await choose(user, /Parameters go into/, /query string/);
    await user.type(screen.getByRole("textbox", { name: "Token path" }), "data");
    await user.type(screen.getByRole("textbox", { name: "Code parameter" }), "auth");
    await user.click(screen.getByRole("button", { name: "Add renamed parameter" }));
    await user.type(screen.getByRole("textbox", { name: "Name that client_id is sent under" }), "app");
    expect(step()).toEqual({
      ...PKCE,
      token_method: "GET",
      token_body: "query",
      token_path: "data",
      code_param: "auth",
      param_names: { client_id: "app" },
    });
    await choose(user, /Standard name of renamed parameter 1/, /^scope$/);
    expect(step().param_names).toEqual({ scope: "app" });
    await user.click(screen.getByRole("button", { name: "Delete renamed parameter scope" }));
    expect(step()).not.toHaveProperty("param_names");
  });

  test("More: other addresses, audience, resource, scope separator and registration", async () => {
    const { user, step } = openForm(PKCE);
    await user.click(more());
    typeInto("Refresh URL", "https://acme.example/refresh");
    typeInto("Revocation URL", "https://acme.example/revoke");
    typeInto("Audience", "api");
    typeInto("Resource", "https://api.acme.example");
    await user.type(screen.getByRole("textbox", { name: "Scope separator" }), ",");
    await user.click(screen.getByRole("switch", { name: /Register this client by itself/ }));
    expect(step()).toEqual({
      ...PKCE,
      refresh_url: "https://acme.example/refresh",
      revocation_url: "https://acme.example/revoke",
      audience: "api",
      resource: "https://api.acme.example",
      scope_separator: ",",
      client_registration: "dynamic",
    });
  });

  test("switched off it is left out of the file", async () => {
    const { user, step } = openForm({ ...PKCE, shared_credentials: true });
    await user.click(screen.getByRole("switch", { name: /Shared credentials/ }));
    expect(step()).not.toHaveProperty("shared_credentials");
    expect(screen.queryByTestId("shared-state")).not.toBeInTheDocument();
  });
});

describe("OAuth steps", () => {
  test("S3 S5 S6 S8 S11: all kinds are offered by name, and a second SSO token says why not", async () => {
    const { user, stored } = await openEditor(withStep({ id: "sso", type: "sso_token" }));
    expect(await screen.findByTestId("sso-session")).toHaveTextContent("Nobody is signed in with SSO");
    expect(screen.queryByRole("button", { name: "Duplicate" })).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Add step" }));
    for (const name of [
      "OAuth 2.0",
      "OAuth 2.0 PKCE",
      "OAuth 2.0 client credentials",
      "OAuth 2.0 device code",
    ]) {
      expect(await screen.findByRole("menuitem", { name })).toBeInTheDocument();
    }
    const sso = screen.getByRole("menuitem", { name: "SSO token" });
    expect(sso).toHaveAttribute("aria-disabled", "true");
    expect(sso).toHaveTextContent("This flow has one already (sso)");
    await user.click(screen.getByRole("menuitem", { name: "OAuth 2.0 PKCE" }));
    expect(screen.getByTestId("step-grant")).toHaveTextContent("grant · S256 · loopback");
    await waitFor(() => expect(stored()?.draft).not.toBeNull());
    const steps = (readDocument(stored()?.draft?.document ?? "").auth as MultistepAuth).steps;
    expect(steps).toEqual([
      { id: "sso", type: "sso_token" },
      { id: "grant", type: "oauth2_pkce" },
    ]);
  });

  test("discovery shows what it found, and fills it in on a click that undo takes back at once", async () => {
    const { user, saved, text } = await openStep({ ...PKCE, token_url: "https://old.example/token" });
    expect(screen.getByRole("button", { name: "Discover" })).toBeDisabled();
    typeInto("Issuer", "https://accounts.google.com");
    await user.click(screen.getByRole("button", { name: "Discover" }));
    const found = await screen.findByRole("region", { name: "What the issuer publishes" });
    expect(found).toHaveTextContent("S256 is supported.");
    expect(found).toHaveTextContent("Automatic takes basic.");
    expect(found).toHaveTextContent("instead of https://old.example/token");
    expect(found).toHaveTextContent("on other servers than the issuer: https://oauth2.googleapis.com");
    expect(text("Token URL")).toBe("https://old.example/token");
    await user.click(within(found).getByRole("button", { name: "Add scope email" }));
    await user.click(within(found).getByRole("button", { name: "Fill in" }));
    expect(found).toHaveTextContent("Filled in");
    expect(await saved()).toEqual({
      ...PKCE,
      issuer: "https://accounts.google.com",
      authorization_url: "https://accounts.google.com/o/oauth2/v2/auth",
      token_url: "https://oauth2.googleapis.com/token",
      revocation_url: "https://oauth2.googleapis.com/revoke",
      scopes: ["email"],
    });
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(text("Token URL")).toBe("https://old.example/token");
    expect(text("Authorization URL")).toBe("");
  });

  test("an issuer that publishes nothing is told in words, and one with an expression waits for the run", async () => {
    const { user } = await openStep({ ...PKCE, issuer: "https://unknown.example" });
    await user.click(screen.getByRole("button", { name: "Discover" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("oauth.discovery_failed");
    typeInto("Issuer", "https://{{ vars.org }}.okta.com");
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Discover" })).toBeDisabled();
    expect(screen.getByText(/only known when it runs/)).toBeInTheDocument();
  });

  test("a client secret becomes a secret variable by a click, and its value is set in place", async () => {
    const { user, text, stored, platform, id } = await openStep({ ...PKCE, client_secret: "s3cret" });
    expect(screen.getByText(/for everyone to read: use a secret variable/)).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Use a secret variable" }));
    expect(text("Client secret")).toBe("{{ vars.client_secret }}");
    await waitFor(() => expect(stored()?.draft?.document).toContain('"secret": true'));
    expect(stored()?.draft?.document).not.toContain("s3cret");
    await user.click(screen.getByRole("button", { name: "Set client_secret" }));
    await user.type(await screen.findByLabelText("Value"), "s3cret{Enter}");
    await waitFor(() => expect(platform.stored.get(id)?.secrets.get("client_secret")).toBe("s3cret"));
  });

  test("the redirect address is shown for each way back, with a copy and who owns the scheme", async () => {
    const { user, platform, saved } = await openStep(PKCE);
    const box = screen.getByRole("region", { name: "Redirect address" });
    await waitFor(() => expect(box).toHaveTextContent("http://127.0.0.1/callback"));
    expect(box).toHaveTextContent("Without a port");
    await choose(user, /Comes back by/, /^Deep link/);
    expect(box).toHaveTextContent("studio.latchwork.dev://oauth/callback");
    expect(
      within(box).getByRole("img", { name: "This scheme opens Latchwork on this computer." }),
    ).toBeInTheDocument();
    await user.click(within(box).getByRole("button", { name: "Copy redirect address" }));
    expect(platform.clipboard).toBe("studio.latchwork.dev://oauth/callback");
    expect((await saved()).redirect).toBe("deep_link");
    await choose(user, /Comes back by/, /^Paste/);
    expect(box).toHaveTextContent("you paste it from there");
    await choose(user, /Comes back by/, /^Loopback/);
    expect(await saved().catch(() => null)).not.toHaveProperty("redirect");
  });

  test("a scheme that another program has taken is said, with what to do", async () => {
    await openEditor(withStep({ ...PKCE, redirect: "deep_link" }), (platform) => {
      platform.oauthRedirectAddresses = async () => ({
        loopback: "http://127.0.0.1/callback",
        deep_link: "studio.latchwork.dev://oauth/callback",
        deep_link_state: "other_program",
        deep_link_note: "“Acme Launcher” answers to it.",
      });
    });
    expect(
      await screen.findByRole("img", { name: "Another program has taken this scheme." }),
    ).toBeInTheDocument();
    expect(screen.getByText(/Acme Launcher/)).toBeInTheDocument();
  });

  test("a way that the checker warns of is told under its field, and nowhere twice", async () => {
    await openStep({ ...PKCE, code_challenge_method: "plain" });
    expect(await screen.findByText(/The code challenge is the verifier itself/)).toBeInTheDocument();
    expect(screen.getAllByText(/The code challenge is the verifier itself/)).toHaveLength(1);
  });

  test("More: own outputs name parts of the answer, and stand with the others", async () => {
    const { user, step } = openForm(PKCE);
    await user.click(more());
    await user.click(screen.getByRole("button", { name: "Add output" }));
    await user.type(screen.getByRole("textbox", { name: "Name of output 1" }), "instance");
    typeInto("Value of output 1", "{{ raw.instance_url }}");
    expect(step().outputs).toEqual([{ name: "instance", value: "{{ raw.instance_url }}" }]);
    expect(stepOutputs(step())).toContain("instance");
  });

  test("a fault under More is counted on it, and opens it where it is looked for", async () => {
    const { user } = await openStep({ ...PKCE, audience: "{{ nowhere.x }}" });
    await waitFor(() => expect(more()).toHaveTextContent("1 to fix"));
    await user.click(screen.getByTestId("diagnostics"));
    await user.click(await screen.findByRole("button", { name: /template\.undefined/ }));
    await waitFor(() => expect(codeField("Audience").hasFocus).toBe(true));
    expect(more()).toHaveAttribute("aria-expanded", "true");
  });

  test.each([
    ["oauth2_authorization_code", ["Authorization URL", "Token URL", "Client ID", "Client secret"], "PKCE"],
    ["oauth2_client_credentials", ["Token URL", "Client ID", "Client secret"], null],
    ["oauth2_device_code", ["Device authorization URL", "Token URL", "Client ID", "Client secret"], null],
    ["oauth2_jwt_bearer", ["Signing key", "Key ID", "Claims", "Token URL"], "Algorithm"],
  ] as const)("%s has the fields of its kind", async (type, fields, choice) => {
    const own = type === "oauth2_jwt_bearer" ? { key: "{{ vars.k }}", algorithm: "ES256" } : {};
    await openStep(
      { id: "grant", type, client_id: "abc", ...own },
      { variables: [{ name: "k", secret: true }] },
    );
    for (const field of fields) expect(screen.getByRole("textbox", { name: field })).toBeInTheDocument();
    if (choice) expect(screen.getByRole("button", { name: new RegExp(choice) })).toBeInTheDocument();
    const hasBrowser = type === "oauth2_authorization_code";
    expect(screen.queryByRole("region", { name: "Redirect address" }) !== null).toBe(hasBrowser);
    expect(screen.getByRole("switch", { name: /Shared credentials/ })).toBeInTheDocument();
  });

  test("S11: claims of an assertion are JSON, and its lifetime a number", async () => {
    const { user, saved } = await openStep({
      id: "assertion",
      type: "oauth2_jwt_bearer",
      key: "k",
      algorithm: "RS256",
      token_url: "https://acme.example/token",
    });
    typeInto("Claims", '{"iss": "me", "level": 9007199254740993}');
    await user.type(screen.getByRole("textbox", { name: "Lifetime in seconds" }), "60");
    await choose(user, /Algorithm/, /^EdDSA/);
    const step = await saved();
    expect(String(step.claims?.level)).toBe("9007199254740993");
    expect(step).toMatchObject({ algorithm: "EdDSA", lifetime_seconds: 60, key: "k" });
  });

  test("F43: claims that are no JSON yet stay as typed while other things change", async () => {
    const { user } = await openStep({
      id: "assertion",
      type: "oauth2_jwt_bearer",
      key: "k",
      algorithm: "RS256",
      token_url: "https://acme.example/token",
    });
    typeInto("Claims", '{"iss": "{{ vars');
    await user.type(screen.getByRole("textbox", { name: "Lifetime in seconds" }), "60");
    expect(codeField("Claims").state.doc.toString()).toBe('{"iss": "{{ vars');
  });

  test("C2: OAuth 2.0 by itself is an auth method with a grant, and the same form", async () => {
    const { user, stored } = await openEditor(
      JSON.stringify({
        format: "latchwork.connector/1",
        name: "Acme",
        kind: "rest",
        base_url: "https://api.acme.example",
        auth: { method: "multistep", steps: [] },
      }),
    );
    await choose(user, /Auth method/, /^OAuth 2\.0/);
    typeInto("Client ID", "abc");
    await choose(user, /Grant/, /^Device code/);
    typeInto("Device authorization URL", "https://acme.example/device");
    await waitFor(() => expect(stored()?.draft?.document).toContain("https://acme.example/device"));
    expect(readDocument(stored()?.draft?.document ?? "").auth as Oauth2Auth).toEqual({
      method: "oauth2",
      grant: "device_code",
      client_id: "abc",
      device_authorization_url: "https://acme.example/device",
    });
  });
});

describe("S4: shared credentials", () => {
  test("the toggle says who sees what, and the sign-in for everyone is a click away", async () => {
    const { user, platform, id } = await openEditor(PRACTICE_OAUTH);
    expect(screen.getByText(/App windows never see these tokens/)).toBeInTheDocument();
    const state = screen.getByTestId("shared-state");
    await waitFor(() => expect(state).toHaveTextContent("nobody is signed in yet"));
    await user.click(within(state).getByRole("button", { name: "Sign in for everyone" }));
    await screen.findByTestId("waiting-browser");
    platform.signIns.comeBack();
    await waitFor(() => expect(state).toHaveTextContent(/signed in, expires in 3 h 2\d min/));
    expect(platform.stored.get(id)?.shared).not.toBeNull();
    // Only what is shared ran: the device code step was not asked for.
    expect(screen.queryByTestId("run-step-device")).not.toBeInTheDocument();
    expect(screen.getByTestId("run-state")).toHaveAttribute("data-state", "ok");
  });
});
