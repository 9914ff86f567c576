import { screen, waitFor } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { placeOfPath } from "@/editor/place";
import type { Connector, MultistepAuth, Signing } from "@/model/connector";
import { newAuth } from "@/model/document";
import { newSigning } from "@/model/signing";
import { renderInEditor } from "@/testing/editorPart";
import { openEditor, typeInto } from "@/testing/render";
import { RequestParametersForm } from "../PlaceForms/RequestParametersForm";
import { SigningForm } from "./SigningForm";

vi.setConfig({ testTimeout: 60_000 });

function connector(signing?: Signing): Connector {
  const auth: MultistepAuth = { method: "multistep", steps: [], request_parameters: [] };
  return {
    format: "latchwork.connector/1",
    name: "Acme",
    kind: "rest",
    base_url: "https://api.acme.example",
    auth: signing ? { ...auth, signing } : auth,
  };
}

const finding = (path: string) => ({
  code: "template.undefined",
  severity: "error" as const,
  path,
  message: `nothing at ${path}`,
  help: "Write it.",
});

function openForm(signing?: Signing, paths: string[] = []) {
  const opened = renderInEditor(connector(signing), () => <SigningForm />, paths.map(finding));
  const choose = async (label: RegExp, option: RegExp) => {
    await opened.user.click(screen.getByRole("button", { name: label }));
    await opened.user.click(await screen.findByRole("option", { name: option }));
  };
  return { ...opened, choose, signing: () => (opened.edited().auth as MultistepAuth).signing };
}

describe("signing", () => {
  test("S11: none, AWS and OAuth 1.0a are chosen, and what was filled in is not dropped in silence", async () => {
    const { choose, signing } = openForm();
    await choose(/^None.*Signature/, /^AWS/);
    expect(signing()).toEqual(newSigning("aws_sigv4"));
    typeInto("Region", "eu-west-1");
    typeInto("Service", "{{ assume.service }}");
    expect(signing()).toMatchObject({ region: "eu-west-1", service: "{{ assume.service }}" });
    await choose(/^AWS.*Signature/, /^OAuth 1\.0a/);
    expect(signing()).toEqual(newSigning("oauth1"));
    expect(screen.getByText("“AWS SigV4” was taken out. Undo brings it back.")).toBeInTheDocument();
    await choose(/^OAuth 1\.0a.*Signature/, /^None/);
    expect(signing()).toBeUndefined();
  });

  test("S11: OAuth 1.0a signs with its secrets, or with a private key", async () => {
    const { choose, signing } = openForm(newSigning("oauth1"));
    typeInto("Consumer key", "abc");
    typeInto("Token", "{{ login.body.oauth_token }}");
    typeInto("Token secret", "{{ login.body.oauth_token_secret }}");
    typeInto("Consumer secret", "{{ vars.consumer_secret }}");
    expect(signing()).toEqual({
      type: "oauth1",
      consumer_key: "abc",
      consumer_secret: "{{ vars.consumer_secret }}",
      token: "{{ login.body.oauth_token }}",
      token_secret: "{{ login.body.oauth_token_secret }}",
      signature_method: "HMAC-SHA1",
    });
    typeInto("Realm", "acme");
    expect(signing()).toHaveProperty("realm", "acme");
    typeInto("Realm", "");
    expect(signing()).not.toHaveProperty("realm");
    await choose(/Signature method/, /^RSA-SHA256/);
    expect(signing()).toMatchObject({ signature_method: "RSA-SHA256" });
    expect(screen.getByRole("textbox", { name: "Private key" })).toBeInTheDocument();
    expect(screen.queryByRole("textbox", { name: "Token secret" })).not.toBeInTheDocument();
  });

  test("a method that is not known here stays as it is", () => {
    openForm({ ...newSigning("oauth1"), signature_method: "HMAC-MD5" } as Signing);
    expect(screen.getByRole("button", { name: /HMAC-MD5/ })).toBeInTheDocument();
  });

  test.each(["access_key_id", "secret_access_key", "session_token", "region", "service"])(
    "T6: what the checker says of auth.signing.%s is said at the field",
    (member) => {
      const path = `auth.signing.${member}`;
      const { container } = openForm(newSigning("aws_sigv4"), [path]);
      expect(container.querySelector(`[data-path="${path}"]`)).toHaveTextContent(`Nothing at ${path}`);
    },
  );

  test("T6: and what it says of a signature method", () => {
    const path = "auth.signing.signature_method";
    const { container } = openForm(newSigning("oauth1"), [path]);
    expect(container.querySelector(`[data-path="${path}"]`)).toHaveTextContent(`Nothing at ${path}`);
  });

  test("T6: a finding leads to the place of its path", () => {
    const flow = connector(newSigning("aws_sigv4"));
    expect(placeOfPath(flow, "auth.signing.region")).toEqual({ type: "signing" });
    expect(placeOfPath(flow, "auth.send_cookies")).toEqual({ type: "request_parameters" });
    expect(placeOfPath(flow, "network.proxy")).toEqual({ type: "settings" });
    const preset = { ...flow, auth: newAuth("aws_sigv4") };
    expect(placeOfPath(preset, "auth.region")).toEqual({ type: "auth" });
  });

  test("it is a part of the connector beside the request parameters, and comes back after saving", async () => {
    const { user, stored } = await openEditor(JSON.stringify(connector()));
    const part = () => screen.getByRole("button", { name: /^Signing/ });
    expect(part()).toHaveTextContent("none");
    await user.click(part());
    await user.click(screen.getByRole("button", { name: /^None.*Signature/ }));
    await user.click(await screen.findByRole("option", { name: /^OAuth 1\.0a/ }));
    expect(part()).toHaveTextContent("OAuth 1.0a");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(stored()?.document).toContain('"signature_method"'));
  });

  test("the cookies of the steps are sent where that is asked for", async () => {
    const { user, edited } = renderInEditor(connector(), () => <RequestParametersForm />);
    const cookies = () => (edited().auth as MultistepAuth).send_cookies;
    await user.click(screen.getByRole("switch", { name: /Send the cookies/ }));
    expect(cookies()).toBe(true);
    await user.click(screen.getByRole("switch", { name: /Send the cookies/ }));
    expect(cookies()).toBeUndefined();
  });
});
