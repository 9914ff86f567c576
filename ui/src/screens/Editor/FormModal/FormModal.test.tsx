import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import type { FormFieldRequest } from "@/platform/wire";
import { FormModal } from "./FormModal";

const field = (more: Partial<FormFieldRequest>): FormFieldRequest => ({
  key: "email",
  label: "E-mail",
  type: "email",
  required: true,
  default: null,
  placeholder: null,
  help: null,
  options: [],
  one_time: false,
  value: null,
  remembered: false,
  ...more,
});
const PASSWORD = field({ key: "password", label: "Password", type: "password" });

function openForm(
  fields: FormFieldRequest[],
  onAnswer = vi.fn(async () => undefined),
  error: string | null = null,
) {
  const onCancel = vi.fn();
  const form = { step: "signin", title: "Sign in", fields, error, number: 1 };
  render(<FormModal form={form} onAnswer={onAnswer} onCancel={onCancel} />);
  return { user: userEvent.setup(), onAnswer, onCancel };
}

describe("form modal", () => {
  test("S1: an e-mail that is none is refused in place and nothing is sent", async () => {
    const { user, onAnswer } = openForm([field({})]);
    await user.keyboard("nobody{Enter}");
    expect(screen.getByText("“nobody” is not an e-mail address.")).toBeInTheDocument();
    expect(onAnswer).not.toHaveBeenCalled();
  });

  test("Enter sends the answers", async () => {
    const { user, onAnswer } = openForm([field({}), PASSWORD]);
    await user.keyboard("a@b.c{Tab}secret{Enter}");
    expect(onAnswer).toHaveBeenCalledWith({ email: "a@b.c", password: "secret" });
  });

  test("earlier answers are there, and a remembered password may stay empty", async () => {
    const { user, onAnswer } = openForm([field({ value: "ann@b.c" }), { ...PASSWORD, remembered: true }]);
    expect(screen.getByLabelText("E-mail")).toHaveValue("ann@b.c");
    expect(screen.getByText(/Leave it empty to use the one you gave before/)).toBeInTheDocument();
    await user.keyboard("{Enter}");
    expect(onAnswer).toHaveBeenCalledWith({ email: "ann@b.c", password: "" });
  });

  test("what the core refuses is shown at its field and the form stays open", async () => {
    const refuse = vi.fn(async () => {
      throw { code: "form.invalid_email", message: "This host does not exist.", hint: null, field: "email" };
    });
    const { user } = openForm([field({ value: "a@b.c" })], refuse);
    await user.keyboard("{Enter}");
    expect(await screen.findByText("This host does not exist.")).toBeInTheDocument();
    expect(screen.getByLabelText("E-mail")).toHaveValue("a@b.c");
  });

  test("a password is hidden until it is asked for", async () => {
    const { user } = openForm([PASSWORD]);
    expect(screen.getByLabelText("Password")).toHaveAttribute("type", "password");
    await user.click(screen.getByRole("button", { name: "Show Password" }));
    expect(screen.getByLabelText("Password")).toHaveAttribute("type", "text");
  });

  test("Escape asks before it cancels the run", async () => {
    const { user, onCancel } = openForm([field({})]);
    await user.keyboard("{Escape}");
    const question = await screen.findByRole("alertdialog", { name: "Cancel this run?" });
    expect(onCancel).not.toHaveBeenCalled();
    expect(question).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Go on" }));
    await waitFor(() => expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument());
    expect(onCancel).not.toHaveBeenCalled();
  });

  test("a choice offers its options by label and answers with the value", async () => {
    const options = [
      { value: "s1", label: "Berlin" },
      { value: "s2", label: "Paris" },
    ];
    const { user, onAnswer } = openForm([field({ key: "site", label: "Site", type: "select", options })]);
    await user.click(screen.getByRole("button", { name: /Site/ }));
    await user.click(await screen.findByRole("option", { name: "Paris" }));
    await user.click(screen.getByRole("button", { name: "Continue" }));
    expect(onAnswer).toHaveBeenCalledWith({ site: "s2" });
  });
});
