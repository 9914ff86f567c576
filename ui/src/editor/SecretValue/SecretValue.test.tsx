import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Connector } from "@/model/connector";
import { renderInEditor } from "@/testing/editorPart";
import { SecretValue } from "./SecretValue";

const CONNECTOR: Connector = {
  format: "latchwork.connector/1",
  name: "Acme",
  kind: "rest",
  base_url: "https://api.acme.example",
  variables: [{ name: "signing_key", secret: true }],
  auth: { method: "none" },
};

const PEM = "-----BEGIN PRIVATE KEY-----\nMIIEvQ\nIBADAN\n-----END PRIVATE KEY-----";

async function openValue() {
  const opened = renderInEditor(CONNECTOR, () => <SecretValue name="signing_key" />);
  const kept: string[] = [];
  opened.platform.secretList = async () => [{ name: "signing_key", is_set: false }];
  opened.platform.secretSet = async (_id, _name, value) => {
    kept.push(value);
  };
  await opened.user.click(await screen.findByRole("button", { name: "Set signing_key" }));
  await opened.user.click(await screen.findByLabelText("Value"));
  return { ...opened, kept };
}

test("a key that is pasted keeps its lines", async () => {
  const { user, kept } = await openValue();
  await user.paste(`\n${PEM}\n`);
  expect(screen.getByLabelText("Value")).toHaveValue(PEM);
  await user.click(screen.getByRole("button", { name: "Keep it" }));
  await waitFor(() => expect(kept).toEqual([PEM]));
});

test("a value of one line is one, and Enter keeps it", async () => {
  const { user, kept } = await openValue();
  await user.paste("sk_live_1");
  expect(screen.getByLabelText("Value")).toHaveAttribute("type", "password");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(kept).toEqual(["sk_live_1"]));
});
