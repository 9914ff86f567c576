import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { MultistepAuth } from "@/model/connector";
import { readDocument, writeDocument } from "@/model/document";
import { PRACTICE_LOGIN, WITH_OAUTH } from "@/platform/fake/samples";
import { codeField, openEditor, openWindow, typeInto } from "@/testing/render";

const multistep = (document: string) => readDocument(document).auth as MultistepAuth;

describe("connector editor", () => {
  test("C1 S1 S2 S9 T1: from nothing to a green test and a saved connector", async () => {
    const { user, platform } = openWindow();
    await user.click((await screen.findAllByRole("button", { name: "Add connector" }))[0] as HTMLElement);
    await user.type(screen.getByRole("textbox", { name: "Name" }), "Acme");
    await user.type(screen.getByRole("textbox", { name: "Base URL" }), "http://127.0.0.1:8787");
    await user.click(screen.getByRole("button", { name: "Add" }));

    await user.click(await screen.findByRole("button", { name: "Add step" }));
    await user.click(await screen.findByRole("menuitem", { name: "Form" }));
    await user.click(screen.getByRole("button", { name: "Add step" }));
    await user.click(await screen.findByRole("menuitem", { name: "API request" }));
    typeInto("URL", "/login");
    await user.click(screen.getByRole("button", { name: /Body type/ }));
    await user.click(await screen.findByRole("option", { name: "JSON" }));
    typeInto("JSON body", '{"email": "{{ signin.email }}", "password": "{{ signin.password }}"}');

    await user.click(screen.getByRole("button", { name: "Test auth steps" }));
    const modal = await screen.findByTestId("form-modal");
    await user.type(within(modal).getByLabelText("E-mail"), "ann@practice.example");
    await user.type(within(modal).getByLabelText("Password"), "practice{Enter}");
    await waitFor(() => expect(screen.getByTestId("run-state")).toHaveAttribute("data-state", "ok"));
    expect(screen.getByTestId("run-step-login")).toHaveAttribute("data-state", "ok");
    expect(screen.getByTestId("test-state")).toHaveAttribute("title", "Tested");

    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(screen.getByTestId("draft-state")).toHaveTextContent("Saved"));
    const [stored] = [...platform.stored.values()];
    expect(multistep(stored?.document ?? "").steps.map((step) => step.type)).toEqual(["form", "api_request"]);
    expect(stored?.draft).toBeNull();
  });

  test("C5: an edit is kept as a draft by itself, and says that it was not tested", async () => {
    const { user, stored } = await openEditor(PRACTICE_LOGIN, (platform) => {
      for (const one of platform.stored.values()) one.test_state = "passed";
    });
    expect(screen.getByTestId("test-state")).toHaveAttribute("title", "Tested");
    await user.type(screen.getByRole("textbox", { name: "Title" }), "!");
    await waitFor(() => expect(screen.getByTestId("draft-state")).toHaveTextContent("Draft saved"));
    expect(stored()?.draft?.document).toContain("Sign in to Practice CRM!");
    expect(screen.getByTestId("test-state")).toHaveAttribute("title", "Not tested since the last change");
  });

  test("C5: a draft of an earlier time is shown, and can be discarded for what was saved", async () => {
    const { user, stored } = await openEditor(PRACTICE_LOGIN, (platform) => {
      for (const one of platform.stored.values()) {
        one.draft = {
          document: writeDocument({ ...readDocument(one.document), name: "Changed" }),
          saved_at: 1,
        };
      }
    });
    expect(screen.getByTestId("draft-banner")).toBeInTheDocument();
    expect(screen.getByText("Changed")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Discard draft" }));
    await waitFor(() => expect(screen.getByText("Practice CRM")).toBeInTheDocument());
    expect(stored()?.draft).toBeNull();
    expect(screen.queryByTestId("draft-banner")).not.toBeInTheDocument();
  });

  test("C5: with a draft, what was edited since it was opened is not discarded without a question", async () => {
    const { user, stored } = await openEditor(PRACTICE_LOGIN, (platform) => {
      for (const one of platform.stored.values()) one.draft = { document: one.document, saved_at: 1 };
    });
    await user.type(screen.getByRole("textbox", { name: "Title" }), "!");
    await user.click(screen.getByRole("button", { name: "Discard draft" }));
    const question = () =>
      screen.findByRole("alertdialog", { name: "Discard what you changed just now too?" });
    await user.click(within(await question()).getByRole("button", { name: "Cancel" }));
    expect(screen.getByRole("textbox", { name: "Title" })).toHaveValue("Sign in to Practice CRM!");
    expect(screen.getByTestId("draft-banner")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Discard draft" }));
    await user.click(within(await question()).getByRole("button", { name: "Discard all of it" }));
    await waitFor(() =>
      expect(screen.getByRole("textbox", { name: "Title" })).toHaveValue("Sign in to Practice CRM"),
    );
    expect(stored()?.draft).toBeNull();
  });

  test("S9: undo takes an edit back to what is saved, and the draft goes with it", async () => {
    const { user, stored } = await openEditor();
    await user.click(screen.getByRole("button", { name: "More for Log in" }));
    await user.click(await screen.findByRole("menuitem", { name: "Duplicate" }));
    expect(screen.getByTestId("step-login2")).toBeInTheDocument();
    await waitFor(() => expect(stored()?.draft).not.toBeNull());
    await user.keyboard("{Control>}z{/Control}");
    expect(screen.queryByTestId("step-login2")).not.toBeInTheDocument();
    expect(screen.getByTestId("draft-state")).toHaveTextContent("Saved");
    await waitFor(() => expect(stored()?.draft).toBeNull());
    await user.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
    expect(screen.getByTestId("step-login2")).toBeInTheDocument();
  });

  test("S9: deleting a step that others use shows what breaks first", async () => {
    const { user } = await openEditor();
    await user.click(screen.getByRole("button", { name: "More for Log in" }));
    await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog).toHaveTextContent("{{ login.body.token }}");
    await user.click(within(dialog).getByRole("button", { name: "Keep it" }));
    expect(screen.getByTestId("step-login")).toBeInTheDocument();
  });

  test("S9: a step moves by keyboard and keeps the focus", async () => {
    const { user } = await openEditor();
    await user.click(screen.getByTestId("step-login"));
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
    const order = screen.getAllByTestId(/^step-/).map((card) => card.dataset.testid);
    expect(order).toEqual(["step-login", "step-signin"]);
    expect(screen.getByTestId("step-login")).toHaveFocus();
  });

  test("S9: a copied step is pasted with an id of its own, and a cURL command becomes a step", async () => {
    const { user, platform } = await openEditor();
    await user.click(screen.getByRole("button", { name: "More for Log in" }));
    await user.click(await screen.findByRole("menuitem", { name: "Copy" }));
    await user.click(screen.getByRole("button", { name: "Paste step" }));
    expect(await screen.findByTestId("step-login2")).toBeInTheDocument();
    platform.clipboard = "curl -X PUT https://api.acme.example/x";
    await user.click(screen.getByRole("button", { name: "Paste step" }));
    expect(await screen.findByTestId("step-call")).toHaveTextContent("PUT https://api.acme.example/x");
    platform.clipboard = "a shopping list";
    await user.click(screen.getByRole("button", { name: "Paste step" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("The clipboard holds no step");
  });

  test("renaming a step rewrites its references and says how many", async () => {
    const { user, stored } = await openEditor();
    await user.click(screen.getByTestId("step-login"));
    const id = screen.getByRole("textbox", { name: "Id" });
    await user.clear(id);
    await user.type(id, "session{Enter}");
    expect(await screen.findByText(/1 reference was rewritten/)).toBeInTheDocument();
    await waitFor(() => expect(stored()?.draft?.document).toContain("{{ session.body.token }}"));
  });

  test("a document with an OAuth step is saved as it was, but for what was changed", async () => {
    const { user, stored } = await openEditor(WITH_OAUTH);
    expect(codeField("Token URL").state.doc.toString()).toBe("https://acme.example/token");
    await user.click(screen.getByTestId("step-site"));
    await user.type(screen.getByRole("textbox", { name: "Label" }), "Site");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(screen.getByTestId("draft-state")).toHaveTextContent("Saved"));
    const expected = JSON.parse(WITH_OAUTH);
    expected.auth.steps[1].label = "Site";
    expect(JSON.parse(stored()?.document ?? "")).toEqual(expected);
  });

  test("a connector saved elsewhere meanwhile is a question, not a loss", async () => {
    const { user, stored } = await openEditor();
    await user.type(screen.getByRole("textbox", { name: "Title" }), "!");
    const one = stored();
    if (one) one.revision += 1;
    await user.click(screen.getByRole("button", { name: "Save" }));
    await user.click(await screen.findByRole("button", { name: "Save mine over it" }));
    await waitFor(() => expect(stored()?.document).toContain("Practice CRM!"));
  });
});

describe("endpoints", () => {
  test("C3: an endpoint with an input is asked for it, runs, and shows its answer", async () => {
    const { user } = await openEditor();
    await user.click(screen.getByRole("button", { name: "Endpoints" }));
    await user.click(screen.getByTestId("endpoint-get_contact"));
    await user.click(screen.getByRole("button", { name: "Run" }));
    const inputs = await screen.findByTestId("inputs-modal");
    const id = within(inputs).getByLabelText("id");
    expect(id).toHaveValue("2");
    await user.clear(id);
    await user.click(within(inputs).getByRole("button", { name: "Run" }));
    expect(within(inputs).getByText("This input is needed.")).toBeInTheDocument();
    await user.type(id, "3{Enter}");
    const form = await screen.findByTestId("form-modal");
    await user.type(within(form).getByLabelText("Password"), "practice{Enter}");
    const answer = await screen.findByRole("region", { name: "Answer" });
    expect(answer).toHaveTextContent("200");
    expect(within(answer).getByTestId("answer-body.score")).toHaveTextContent("9007199254740993");
  });
});
