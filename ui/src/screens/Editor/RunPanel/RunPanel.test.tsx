import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { PRACTICE_LOGIN } from "@/platform/fake/samples";
import { codeField, openEditor } from "@/testing/render";

async function testedEditor(password: string) {
  const opened = await openEditor();
  await opened.user.click(screen.getByRole("button", { name: "Test auth steps" }));
  await opened.user.type(
    within(await screen.findByTestId("form-modal")).getByLabelText("Password"),
    `${password}{Enter}`,
  );
  await waitFor(() => expect(screen.getByTestId("run-state")).not.toHaveAttribute("data-state", "running"));
  return opened;
}

describe("run panel", () => {
  test("T1: each step's answer is shown under it", async () => {
    await testedEditor("practice");
    expect(screen.getByTestId("run-step-signin")).toHaveAttribute("data-state", "ok");
    expect(screen.getByTestId("run-step-login")).toHaveTextContent("201");
    expect(screen.getByTestId("output-login.body.user")).toBeInTheDocument();
    expect(screen.getByTestId("run-test-request")).toHaveAttribute("data-state", "ok");
  });

  test("T1: what a step made without a request is shown too, what the person typed is not repeated", async () => {
    const connector = JSON.parse(PRACTICE_LOGIN);
    connector.auth.steps.push({ id: "basic", type: "basic_auth", username: "ann", password: "pw" });
    const { user } = await openEditor(JSON.stringify(connector));
    await user.click(screen.getByRole("button", { name: "Test auth steps" }));
    await user.type(
      within(await screen.findByTestId("form-modal")).getByLabelText("Password"),
      "practice{Enter}",
    );
    await waitFor(() => expect(screen.getByTestId("run-step-basic")).toHaveAttribute("data-state", "ok"));
    expect(await screen.findByTestId("output-basic.username")).toHaveTextContent("ann");
    expect(screen.queryByTestId("output-signin.email")).not.toBeInTheDocument();
  });

  test("T2: a failed step shows its code, what happened, and the answer that came", async () => {
    await testedEditor("wrong");
    const card = screen.getByTestId("run-step-login");
    expect(card).toHaveAttribute("data-state", "failed");
    expect(card).toHaveTextContent("step.unexpected_status");
    expect(card).toHaveTextContent("E-mail or password is wrong.");
    expect(screen.queryByTestId("run-test-request")).not.toBeInTheDocument();
  });

  test("T3: a click on an output puts it into the field being edited, else copies it", async () => {
    const { user, platform } = await testedEditor("practice");
    await user.click(screen.getByTestId("output-login.body.expires_in"));
    expect(platform.clipboard).toBe("{{ login.body.expires_in }}");
    await user.click(screen.getByRole("button", { name: "Request parameters" }));
    const field = codeField("Value of parameter 1");
    field.focus();
    field.dispatch({ selection: { anchor: 0, head: field.state.doc.length } });
    await user.click(screen.getByTestId("output-login.status"));
    expect(field.state.doc.toString()).toBe("{{ login.status }}");
  });

  test("a secret is masked until its own button is pressed, and can be hidden again", async () => {
    const { user } = await testedEditor("practice");
    const row = screen.getByTestId("output-login.body.token");
    expect(row).toHaveTextContent("•••");
    await user.click(within(row).getByRole("button", { name: "Show login.body.token" }));
    await waitFor(() => expect(row).toHaveTextContent("tok_3f9a1c77d2e04b18"));
    await user.click(within(row).getByRole("button", { name: "Hide login.body.token" }));
    expect(row).not.toHaveTextContent("tok_");
  });

  test("T2: a run that waits is cancelled from the header", async () => {
    const { user } = await openEditor();
    await user.click(screen.getByRole("button", { name: "Test auth steps" }));
    await screen.findByTestId("form-modal");
    await user.keyboard("{Escape}");
    await user.click(
      within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Cancel run" }),
    );
    await waitFor(() => expect(screen.getByTestId("run-state")).toHaveAttribute("data-state", "cancelled"));
    expect(screen.queryByTestId("form-modal")).not.toBeInTheDocument();
  });

  test("past runs are listed and opened", async () => {
    const { user } = await testedEditor("wrong");
    await user.click(screen.getByRole("button", { name: "Past runs" }));
    const list = await screen.findByRole("list", { name: "Past runs" });
    await user.click(within(list).getByRole("button", { name: /Test auth steps/ }));
    expect(await screen.findByRole("heading", { name: "Past run" })).toBeInTheDocument();
    expect(screen.getByTestId("run-step-login")).toHaveAttribute("data-state", "failed");
  });

  test("past runs stand alone, and the next run takes their place and keeps it", async () => {
    const { user } = await testedEditor("wrong");
    const runAgain = async (password: string) => {
      await user.click(screen.getByRole("button", { name: "Test auth steps" }));
      await user.type(
        within(await screen.findByTestId("form-modal")).getByLabelText("Password"),
        `${password}{Enter}`,
      );
      await waitFor(() =>
        expect(screen.getByRole("button", { name: "Test auth steps" })).toBeInTheDocument(),
      );
    };
    await user.click(screen.getByRole("button", { name: "Past runs" }));
    const list = await screen.findByRole("list", { name: "Past runs" });
    expect(screen.queryByTestId("run-step-login")).not.toBeInTheDocument();
    await user.click(within(list).getByRole("button", { name: /Test auth steps/ }));
    await runAgain("practice");
    expect(screen.getByRole("heading", { name: "Run" })).toBeInTheDocument();
    expect(screen.getByTestId("run-step-login")).toHaveAttribute("data-state", "ok");
    await user.click(screen.getByRole("button", { name: "Past runs" }));
    await runAgain("practice");
    expect(screen.queryByRole("list", { name: "Past runs" })).not.toBeInTheDocument();
    expect(screen.getByTestId("run-state")).toHaveTextContent("It worked");
  });
});
