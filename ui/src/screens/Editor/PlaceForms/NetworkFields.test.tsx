import { screen } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import type { Connector } from "@/model/connector";
import { renderInEditor } from "@/testing/editorPart";
import { typeInto } from "@/testing/render";
import { NetworkFields } from "./NetworkFields";

vi.setConfig({ testTimeout: 60_000 });

const CONNECTOR: Connector = {
  format: "latchwork.connector/1",
  name: "Acme",
  kind: "rest",
  base_url: "https://api.acme.example",
  auth: { method: "none" },
};

function open(paths: string[] = []) {
  const findings = paths.map((path) => ({
    code: "network.invalid",
    severity: "warning" as const,
    path,
    message: `nothing at ${path}`,
    help: "Write it.",
  }));
  const opened = renderInEditor(
    CONNECTOR,
    (document) => <NetworkFields network={document.network ?? {}} />,
    findings,
  );
  return { ...opened, network: () => opened.edited().network };
}

describe("network", () => {
  test("S11: proxy and certificates are written, and nothing is left of what is emptied", async () => {
    const { user, network } = open();
    typeInto("Proxy", "http://p.example:3128");
    expect(network()).toEqual({ proxy: "http://p.example:3128" });
    typeInto("Proxy", "");
    expect(network()).toBeUndefined();
    await user.click(screen.getByRole("switch", { name: /Accept invalid certificates/ }));
    expect(network()).toEqual({ accept_invalid_certificates: true });
  });

  test("S11: a CA certificate is pasted, or a file with it chosen", async () => {
    const { user, network, platform } = open();
    const field = screen.getByRole("textbox", { name: "CA certificate" });
    await user.click(field);
    await user.paste("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
    expect(network()?.ca_certificate).toContain("CERTIFICATE-----\nMIIB\n");
    platform.certificateChoose = async () => "/etc/ssl/acme.pem";
    await user.click(screen.getByRole("button", { name: "Choose a file" }));
    expect(network()?.ca_certificate).toBe("/etc/ssl/acme.pem");
    expect(screen.getByText(/A file on this computer/)).toBeInTheDocument();
    platform.certificateChoose = async () => null;
    await user.click(screen.getByRole("button", { name: "Choose a file" }));
    expect(network()?.ca_certificate).toBe("/etc/ssl/acme.pem");
  });

  test("S11: a client certificate and its key are secret variables", async () => {
    const { user, network, edited } = open();
    await user.click(screen.getByRole("switch", { name: /Client certificate/ }));
    expect(network()).toEqual({ client_certificate: { certificate: "", key: "" } });
    for (const one of screen.getAllByRole("button", { name: "Use a secret variable" })) await user.click(one);
    expect(network()?.client_certificate).toEqual({
      certificate: "{{ vars.client_certificate }}",
      key: "{{ vars.client_certificate_key }}",
    });
    expect(edited().variables).toEqual([
      { name: "client_certificate", secret: true },
      { name: "client_certificate_key", secret: true },
    ]);
    typeInto("Private key", "{{ vars.other }}");
    expect(network()?.client_certificate?.key).toBe("{{ vars.other }}");
    await user.click(screen.getByRole("switch", { name: /Client certificate/ }));
    expect(network()).toBeUndefined();
  });

  test.each(["network.proxy", "network.ca_certificate", "network.accept_invalid_certificates"])(
    "T6: what the checker says of %s is said there",
    (path) => {
      const { container } = open([path]);
      expect(container.querySelector(`[data-path="${path}"]`)).toHaveTextContent(`Nothing at ${path}`);
    },
  );
});
