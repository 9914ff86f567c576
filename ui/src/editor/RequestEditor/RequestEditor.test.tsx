import { screen, waitFor } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { ApiRequestStep, Body, MultistepAuth } from "@/model/connector";
import { readDocument } from "@/model/document";
import { readStatuses } from "@/screens/Editor/StepForm/StatusesField";
import { codeField, openEditor, typeInto } from "@/testing/render";
import { convertedBody } from "./BodyEditor";

async function openRequest() {
  const opened = await openEditor();
  await opened.user.click(screen.getByTestId("step-login"));
  const draft = async () => {
    await waitFor(() => expect(screen.getByTestId("draft-state")).toHaveTextContent("Draft saved"));
    const auth = readDocument(opened.stored()?.draft?.document ?? "").auth as MultistepAuth;
    return auth.steps[1] as ApiRequestStep;
  };
  return { ...opened, draft };
}

describe("request editor", () => {
  test("C3 S2: method, address, headers and query are written as the file wants them", async () => {
    const { user, draft } = await openRequest();
    await user.click(screen.getByRole("button", { name: /^POST Method|Method/ }));
    await user.click(await screen.findByRole("option", { name: "PUT" }));
    typeInto("URL", "/session?x={{ signin.email }}");
    await user.click(screen.getByRole("tab", { name: "Headers" }));
    await user.click(screen.getByRole("button", { name: "Add header" }));
    typeInto("Name of header 1", "X-Device");
    typeInto("Value of header 1", "{{ uuid() }}");
    await user.click(screen.getByRole("checkbox", { name: "Send header 1" }));
    const { request } = await draft();
    expect(request.method).toBe("PUT");
    expect(request.url).toBe("/session?x={{ signin.email }}");
    expect(request.headers).toEqual([{ name: "X-Device", value: "{{ uuid() }}", enabled: false }]);
    expect(screen.getByRole("tab", { name: /Headers\s*1/ })).toBeInTheDocument();
  });

  test("text that is no JSON stays as typed, says why, and the last good value is kept", async () => {
    const { user, draft } = await openRequest();
    typeInto("JSON body", '{"a": {{ signin.email }}}');
    expect(screen.getByText(/Put the expression in quotes/)).toBeInTheDocument();
    await user.click(screen.getByTestId("step-signin"));
    await user.click(screen.getByTestId("step-login"));
    expect(codeField("JSON body").state.doc.toString()).toBe('{"a": {{ signin.email }}}');
    typeInto("JSON body", '{"a": 9007199254740993}');
    const { request } = await draft();
    expect(String((request.body as { value: { a: unknown } }).value.a)).toBe("9007199254740993");
  });

  test("S10: an undefined name is told at its field and counted in the header", async () => {
    const { user } = await openRequest();
    typeInto("URL", "/x/{{ signn.email }}");
    expect(await screen.findByText(/“signn.email” is not defined here/)).toBeInTheDocument();
    const button = screen.getByTestId("diagnostics");
    expect(button).toHaveTextContent("1 error");
    await user.click(screen.getByRole("button", { name: "Variables" }));
    await user.click(button);
    await user.click(await screen.findByRole("button", { name: /template\.undefined/ }));
    await waitFor(() => expect(codeField("URL").hasFocus).toBe(true));
  });

  test("success rules and own outputs are left out of the file where they say nothing", async () => {
    const { user, draft } = await openRequest();
    await user.click(screen.getByRole("tab", { name: "Success" }));
    await user.type(screen.getByRole("textbox", { name: "Counts as success" }), "2xx, 302");
    typeInto("And only when", "{{ body.token is defined }}");
    expect((await draft()).success).toEqual({ statuses: ["2xx", 302], when: "{{ body.token is defined }}" });
    await user.clear(screen.getByRole("textbox", { name: "Counts as success" }));
    typeInto("And only when", "");
    await waitFor(() => expect(screen.getByTestId("draft-state")).not.toHaveTextContent("Saving"));
    await user.click(screen.getByRole("tab", { name: "Outputs" }));
    await user.click(screen.getByRole("button", { name: "Add output" }));
    await user.type(screen.getByRole("textbox", { name: "Name of output 1" }), "token");
    typeInto("Value of output 1", "{{ body.token }}");
    const step = await draft();
    expect("success" in step).toBe(false);
    expect(step.outputs).toEqual([{ name: "token", value: "{{ body.token }}" }]);
    expect(screen.getByText("login.token")).toBeInTheDocument();
  });

  test("a body keeps its fields when it becomes another type", () => {
    const form: Body = { type: "form", fields: [{ name: "a", value: "1" }] };
    const json = convertedBody(form, "json");
    expect(json).toEqual({ type: "json", value: { a: "1" } });
    expect(convertedBody(json ?? form, "multipart")).toEqual({
      type: "multipart",
      fields: [{ name: "a", value: "1" }],
    });
    expect(convertedBody(form, "none")).toBeUndefined();
  });

  test.each([
    ["", undefined],
    ["2xx, 302", ["2xx", 302]],
    ["2XX 404", ["2xx", 404]],
    ["20", null],
    ["ok", null],
  ])("statuses written as “%s”", (text, expected) => expect(readStatuses(text)).toEqual(expected));
});
