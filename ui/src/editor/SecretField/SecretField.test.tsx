import { screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { Connector } from "@/model/connector";
import { renderInEditor } from "@/testing/editorPart";
import { SecretField } from "./SecretField";

const AT = ["auth", "token"];

function open(token: string, options: { description?: string; finding?: string; isOptional?: boolean } = {}) {
  const document: Connector = {
    format: "latchwork.connector/1",
    name: "Acme",
    kind: "rest",
    base_url: "https://api.acme.example",
    variables: [{ name: "region", value: "eu" }],
    auth: { method: "bearer", token },
  };
  const { finding, description, isOptional = false } = options;
  return renderInEditor(
    document,
    (edited) => (
      <SecretField
        label="Token"
        at={AT}
        value={edited.auth.method === "bearer" ? edited.auth.token : ""}
        onChange={() => {}}
        variable="token"
        isOptional={isOptional}
        {...(description ? { description } : {})}
      />
    ),
    finding
      ? [
          {
            code: "auth.incomplete",
            severity: "warning",
            path: "auth.token",
            message: finding,
            help: "Fill it in.",
          },
        ]
      : [],
  );
}

describe("secret field", () => {
  test("a variable that is written and not there yet is made by one click, under the name that it has", async () => {
    const { user, edited } = open("{{ vars.service_token }}");
    await user.click(screen.getByRole("button", { name: "Use a secret variable" }));
    expect(edited().auth).toEqual({ method: "bearer", token: "{{ vars.service_token }}" });
    expect(edited().variables).toEqual([
      { name: "region", value: "eu" },
      { name: "service_token", secret: true },
    ]);
    expect(await screen.findByRole("button", { name: "Set service_token" })).toBeInTheDocument();
  });

  test.each(["{{ vars.region }}", "{{ login.body.token }}", "Bearer {{ vars.other }}"])(
    "%s is left as it is",
    (token) => {
      open(token);
      expect(screen.queryByRole("button", { name: "Use a secret variable" })).not.toBeInTheDocument();
    },
  );

  test("while it is empty its hint stands beside what the checker says", () => {
    open("", { description: "As PEM, without a passphrase.", finding: "this is empty" });
    expect(screen.getByText("As PEM, without a passphrase.")).toBeInTheDocument();
    expect(screen.getByText(/This is empty/)).toBeInTheDocument();
  });

  test.each([
    [true, "Left out"],
    [false, "Nothing yet"],
  ])("empty it shows no variable that is not there (optional: %s)", (isOptional, words) => {
    const { container } = open("", { isOptional });
    expect(container.querySelector(".cm-placeholder")).toHaveTextContent(words);
    expect(container).not.toHaveTextContent("vars.");
  });
});
