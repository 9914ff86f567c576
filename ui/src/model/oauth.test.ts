import { describe, expect, test } from "vitest";
import type { Connector, OauthFields } from "./connector";
import { hostOfTemplate, isSharedStep, oauthSummary, wantsShared, withGrant, writtenValue } from "./oauth";
import { actionEdit, actionLabel, adviceFor, isDone, PROVIDERS, providerOf } from "./providers";

describe("what is written of a grant", () => {
  test.each([
    ["client_auth", "auto"],
    ["redirect", "loopback"],
    ["token_method", "POST"],
    ["token_body", "form"],
    ["client_registration", "static"],
    ["shared_credentials", false],
    ["pkce", "S256"],
    ["code_challenge_method", "S256"],
    ["scope_separator", " "],
    ["lifetime_seconds", 300],
    ["audience", ""],
    ["scopes", []],
    ["param_names", {}],
  ] as const)("the default of %s is left out of the file", (member, value) =>
    expect(writtenValue(member, value)).toBeUndefined(),
  );

  test("anything else is written as it is, and a JWT bearer's key even where it is empty", () => {
    expect(writtenValue("pkce", "off")).toBe("off");
    expect(writtenValue("scope_separator", ",")).toBe(",");
    expect(writtenValue("scopes", ["a"])).toEqual(["a"]);
    expect(writtenValue("key", "")).toBe("");
  });

  test("another grant keeps what both have, and drops what only the old one had", () => {
    const device = withGrant(
      { method: "oauth2", grant: "pkce", client_id: "a", code_challenge_method: "plain", scopes: ["x"] },
      "device_code",
    );
    expect(device).toEqual({ method: "oauth2", grant: "device_code", client_id: "a", scopes: ["x"] });
    expect(withGrant(device, "jwt_bearer")).toMatchObject({ key: "", algorithm: "RS256" });
  });

  test("S4: shared is what a step says, or the preset", () => {
    const step = { id: "a", type: "oauth2_pkce", shared_credentials: true } as const;
    expect(isSharedStep(step)).toBe(true);
    expect(isSharedStep({ ...step, shared_credentials: false })).toBe(false);
    const connector = (auth: Connector["auth"]) => ({ auth }) as Connector;
    expect(wantsShared(connector({ method: "multistep", steps: [step] }))).toBe(true);
    expect(wantsShared(connector({ method: "oauth2", grant: "pkce", shared_credentials: true }))).toBe(true);
    expect(wantsShared(connector({ method: "multistep", steps: [] }))).toBe(false);
  });

  test("a card says how a grant comes back and where to", () => {
    expect(oauthSummary("oauth2_pkce", {})).toBe("S256 · loopback");
    expect(oauthSummary("oauth2_authorization_code", { pkce: "off", redirect: "deep_link" })).toBe(
      "no PKCE · deep link",
    );
    expect(oauthSummary("oauth2_client_credentials", { token_url: "https://a.example/t" })).toBe("a.example");
    expect(oauthSummary("oauth2_device_code", {})).toBe("no addresses yet");
  });

  test.each([
    ["https://Accounts.Google.com:443/o", "accounts.google.com"],
    ["https://{{ vars.org }}.okta.com/oauth2", "x.okta.com"],
    ["{{ vars.issuer }}", null],
    ["google.com", null],
    ["", null],
  ])("the host of “%s” is %s", (address, host) => expect(hostOfTemplate(address)).toBe(host));
});

describe("provider hints", () => {
  const of = (address: string) => providerOf({ authorization_url: address })?.name ?? null;

  test.each([
    ["https://accounts.google.com/o/oauth2/v2/auth", "Google"],
    ["https://login.microsoftonline.com/{{ vars.tenant }}/oauth2/v2.0/authorize", "Microsoft"],
    ["https://github.com/login/oauth/authorize", "GitHub"],
    ["https://slack.com/oauth/v2/authorize", "Slack"],
    ["https://dev-1.okta.com/oauth2/default", "Okta"],
    ["https://{{ vars.tenant }}.eu.auth0.com/authorize", "Auth0"],
    ["https://login.salesforce.com/services/oauth2/authorize", "Salesforce"],
    ["https://accounts.zoho.eu/oauth/v2/auth", "Zoho"],
    ["https://accounts.zoho.com.au/oauth/v2/auth", "Zoho"],
    ["https://appcenter.intuit.com/connect/oauth2", "QuickBooks"],
    ["https://accounts.zoho.evil.example/oauth", null],
    ["https://notgithub.com/login", null],
    ["https://github.com.evil.example/login", null],
  ])("%s is %s", (address, name) => expect(of(address)).toBe(name));

  test("each advice is one sentence, and each action says what it adds and counts as done afterwards", () => {
    for (const provider of PROVIDERS) {
      expect(provider.advice).toMatch(/^[A-Z].*\.$/);
      for (const action of provider.actions) {
        const fields: OauthFields = { scopes: ["kept"], authorize_params: [{ name: "kept", value: "1" }] };
        expect(isDone(action, fields)).toBe(false);
        const { member, value } = actionEdit(action, fields);
        const after = { ...fields, [member]: value };
        expect(isDone(action, after)).toBe(true);
        expect(actionLabel(action)).not.toBe("");
        expect(JSON.stringify(after)).toContain("kept");
      }
    }
  });

  test("what is about a browser is not told of a device code, and nothing of grants without a person", () => {
    const google = { token_url: "https://oauth2.googleapis.com/token" };
    expect(adviceFor("oauth2_pkce", google)?.actions).toHaveLength(2);
    expect(adviceFor("oauth2_device_code", google)?.advice).toContain("TVs and Limited Input");
    expect(adviceFor("oauth2_device_code", google)?.actions).toHaveLength(0);
    expect(adviceFor("oauth2_client_credentials", google)).toBeNull();
  });
});
