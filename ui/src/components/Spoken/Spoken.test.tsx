import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { Marked, Spoken } from "./Spoken";

test("what the checker says is a sentence, and what it quotes is code", () => {
  const { container } = render(
    <Spoken text="an `Authorization` header is written out, beside `{{ vars.key }}`" />,
  );
  expect(container).toHaveTextContent("An Authorization header is written out, beside {{ vars.key }}.");
  expect([...container.querySelectorAll("code")].map((code) => code.textContent)).toEqual([
    "Authorization",
    "{{ vars.key }}",
  ]);
});

test("a backtick that is never closed is one", () => {
  const { container } = render(<Marked text="the `step` has ` in it" />);
  expect(container).toHaveTextContent("the step has ` in it");
  expect(container.querySelectorAll("code")).toHaveLength(1);
});
