import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, test } from "vitest";
import { ChipsInput } from "./ChipsInput";
import { endsChip, splitChips } from "./splitChips";

function Scopes({ first }: { first: string[] }) {
  const [values, setValues] = useState(first);
  return (
    <>
      <ChipsInput label="Scopes" noun="scope" values={values} onChange={setValues} />
      <output>{JSON.stringify(values)}</output>
    </>
  );
}

function opened(first: string[] = []) {
  const user = userEvent.setup();
  render(<Scopes first={first} />);
  const values = () => JSON.parse(screen.getByRole("status").textContent ?? "");
  return { user, input: screen.getByRole("textbox", { name: "Add a scope" }), values };
}

describe("chips", () => {
  test("Enter, a space and a comma each end one, and leaving the field keeps the last", async () => {
    const { user, input, values } = opened();
    await user.type(input, "openid profile,email{Enter}offline_access");
    expect(values()).toEqual(["openid", "profile", "email"]);
    await user.tab();
    expect(values()).toEqual(["openid", "profile", "email", "offline_access"]);
  });

  test("one that is there already is not there twice", async () => {
    const { user, input, values } = opened(["openid"]);
    await user.type(input, "openid ");
    expect(values()).toEqual(["openid"]);
    expect(input).toHaveValue("");
  });

  test("a pasted line becomes its chips, and an expression stays whole", async () => {
    const { user, input, values } = opened();
    await user.click(input);
    await user.paste('openid {{ vars.scope | default("a b") }}.read, email');
    expect(values()).toEqual(["openid", '{{ vars.scope | default("a b") }}.read', "email"]);
  });

  test("Backspace in the empty field takes the last one back to be changed", async () => {
    const { user, input, values } = opened(["openid", "emial"]);
    await user.type(input, "{Backspace}");
    expect(values()).toEqual(["openid"]);
    expect(input).toHaveValue("emial");
  });

  test("each can be removed by its button, and by the keyboard alone", async () => {
    const { user, values } = opened(["openid", "profile", "email"]);
    await user.click(screen.getByRole("button", { name: "Remove scope profile" }));
    expect(values()).toEqual(["openid", "email"]);
    expect(screen.getByRole("grid", { name: "Scopes" })).toBeInTheDocument();
    await user.tab({ shift: true });
    await user.keyboard("{Delete}");
    expect(values()).toHaveLength(1);
  });

  test("a space inside an expression does not end a chip", () => {
    expect(endsChip("{{ vars.a ")).toBe(false);
    expect(endsChip("{{ vars.a }} ")).toBe(true);
    expect(splitChips("  ")).toEqual([]);
  });
});
