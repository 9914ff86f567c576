import { screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { Connector, FormStep, MultistepAuth } from "@/model/connector";
import { renderInEditor } from "@/testing/editorPart";
import { typeInto } from "@/testing/render";
import { OptionsEditor } from "./OptionsEditor";

const CONNECTOR: Connector = {
  format: "latchwork.connector/1",
  name: "Acme",
  kind: "rest",
  base_url: "https://api.acme.example",
  auth: {
    method: "multistep",
    steps: [
      { id: "site", type: "form", title: "Site", fields: [{ key: "id", label: "Site", type: "select" }] },
    ],
  },
};
const AT = ["auth", "steps", 0, "fields", 0, "options"];
const fieldOf = (document: Connector) => ((document.auth as MultistepAuth).steps[0] as FormStep).fields[0];

const finding = {
  code: "file.invalid",
  severity: "error" as const,
  path: "auth.steps[0].fields[0].options",
  message: "the select has no options",
  help: "Give a list.",
};

describe("the options of a choice", () => {
  test("S11: are written here, or come from an earlier answer", async () => {
    const { user, edited } = renderInEditor(CONNECTOR, (document) => (
      <OptionsEditor options={fieldOf(document)?.options ?? []} at={AT} example="{{ sites.body }}" />
    ));
    const options = () => fieldOf(edited())?.options;
    await user.click(screen.getByRole("button", { name: "Add option" }));
    await user.type(screen.getByRole("textbox", { name: "Value of option 1" }), "eu");
    expect(options()).toEqual([{ value: "eu", label: "" }]);
    await user.click(screen.getByRole("radio", { name: "From an earlier answer" }));
    typeInto("List of options", "{{ sites.body | options('id', 'name') }}");
    expect(options()).toBe("{{ sites.body | options('id', 'name') }}");
    await user.click(screen.getByRole("radio", { name: "From an earlier answer" }));
    expect(options()).toBe("{{ sites.body | options('id', 'name') }}");
    await user.click(screen.getByRole("radio", { name: "Written here" }));
    expect(options()).toEqual([]);
  });

  test("T6: what the checker says of them is said there", () => {
    renderInEditor(CONNECTOR, () => <OptionsEditor options={[]} at={AT} example="" />, [finding]);
    expect(screen.getByText(/The select has no options/)).toBeInTheDocument();
  });
});
