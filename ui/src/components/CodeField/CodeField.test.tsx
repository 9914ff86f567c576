import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { fireEvent, render, screen } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import type { TemplateName } from "@/platform/wire";
import { CodeField, type FieldHandle } from "./CodeField";
import { completionSource, expressionStart } from "./completion";

const NAMES: TemplateName[] = [
  { name: "login.body", detail: "API request", kind: "step_output" },
  { name: "vars.id", detail: "variable", kind: "variable" },
  { name: "base64encode", detail: "filter", kind: "filter" },
];

/** What is offered with the cursor at `|`. */
async function offered(text: string, explicit = false): Promise<string[]> {
  const at = text.indexOf("‸");
  const state = EditorState.create({ doc: text.replace("‸", "") });
  const result = await completionSource(async () => NAMES)(new CompletionContext(state, at, explicit));
  return result?.options.map((option) => option.label) ?? [];
}

function field(value: string, more: Partial<Parameters<typeof CodeField>[0]> = {}) {
  const onChange = vi.fn();
  const view = render(<CodeField label="Value" value={value} onChange={onChange} {...more} />);
  const content = screen.getByRole("textbox", { name: "Value" });
  const editor = EditorView.findFromDOM(content);
  if (!editor) throw new Error("no editor");
  return { ...view, onChange, content, editor };
}

describe("template field", () => {
  test("S10: the names that exist here are offered inside an expression, and nowhere else", async () => {
    expect(await offered("Bearer {{ lo‸ }}")).toEqual(["login.body", "vars.id"]);
    expect(await offered("Bearer {{‸")).toEqual(["login.body", "vars.id"]);
    expect(await offered("Bear‸er")).toEqual([]);
    expect(await offered("{{ a }}‸")).toEqual([]);
  });

  test("texts that are often written are offered while one types, and not once there is an expression", async () => {
    const choices = [
      { value: "eu-central-1", detail: "Frankfurt" },
      { value: "us-east-1", detail: "N. Virginia" },
    ];
    const withChoices = async (text: string) => {
      const at = text.indexOf("‸");
      const state = EditorState.create({ doc: text.replace("‸", "") });
      const source = completionSource(
        async () => NAMES,
        () => choices,
      );
      const result = await source(new CompletionContext(state, at, false));
      return { from: result?.from, labels: result?.options.map((option) => option.label) };
    };
    expect(await withChoices("eu-‸")).toEqual({ from: 0, labels: ["eu-central-1", "us-east-1"] });
    expect((await withChoices("{{ vars.‸ }}")).labels).toEqual(["login.body", "vars.id"]);
    expect((await withChoices("{{ vars.id }}-‸")).labels).toBeUndefined();
  });

  test("outside an expression Ctrl+Space offers them too, and filters come after a pipe", async () => {
    expect(await offered("‸", true)).toEqual(["login.body", "vars.id"]);
    expect(await offered("{{ login.body | ‸ }}")).toEqual(["base64encode"]);
  });

  test("where an expression begins is known with and without its end", () => {
    expect(expressionStart("x {{ a }}", 6)).toBe(4);
    expect(expressionStart("x {{ a", 6)).toBe(4);
    expect(expressionStart("x {{ a }}", 9)).toBe(-1);
  });

  test("an expression is a pill while the cursor is elsewhere", () => {
    const { container } = field("Bearer {{ login.body.token }}");
    expect(container.querySelector(".cm-pill")).toHaveTextContent("login.body.token");
  });

  test("a fault marks the expression that it names", () => {
    const { container } = field("{{ a.b }}{{ c.d }}", {
      faults: [{ name: "c.d", message: "“c.d” is not defined." }],
    });
    const marked = [...container.querySelectorAll(".cm-pill-fault")];
    expect(marked.map((pill) => pill.textContent)).toEqual(["c.d"]);
    expect(marked[0]).toHaveAttribute("title", "“c.d” is not defined.");
  });

  test("an expression that does not end is marked while it is typed", () => {
    const { container } = field("{{ login.bo");
    expect(container.querySelector(".cm-fault")).toHaveTextContent("{{ login.bo");
  });

  test("typing {{ brings its end, and typing }} moves past it", () => {
    const { editor } = field("{");
    editor.dispatch({ selection: { anchor: 1 } });
    const type = (text: string) => {
      const { from, to } = editor.state.selection.main;
      const handled = editor.state
        .facet(EditorView.inputHandler)
        .some((handler) => handler(editor, from, to, text, () => editor.state.update({})));
      if (!handled)
        editor.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length } });
    };
    for (const char of "{ a }}") type(char);
    expect(editor.state.doc.toString()).toBe("{{ a }}");
    expect(editor.state.selection.main.head).toBe(7);
  });

  test("pasted line breaks do not get into a line", () => {
    const { editor, onChange } = field("");
    editor.dispatch({ changes: { from: 0, insert: "https://a.example\n  /b" } });
    expect(editor.state.doc.toString()).toBe("https://a.example /b");
    expect(onChange).toHaveBeenLastCalledWith("https://a.example /b");
  });

  test.each([{}, { shiftKey: true }, { ctrlKey: true }])(
    "Enter breaks no line and leaves the cursor where it is %o",
    (modifiers) => {
      const { editor, content, onChange } = field("a {{ b }} c");
      editor.dispatch({ selection: { anchor: 5 } });
      const isLeftToTheBrowser = fireEvent.keyDown(content, { key: "Enter", ...modifiers });
      expect(isLeftToTheBrowser).toBe(false);
      expect(editor.state.selection.main.head).toBe(5);
      expect(onChange).not.toHaveBeenCalled();
    },
  );

  test("T3: what is inserted outside a string of JSON brings its quotes", () => {
    let handle: FieldHandle | null = null;
    const { editor } = field('{"a": , "b": ""}', {
      language: "json",
      multiline: true,
      onFocusField: (given) => {
        handle = given;
      },
    });
    editor.focus();
    editor.dispatch({ selection: { anchor: 14 } });
    (handle as FieldHandle | null)?.insert("{{ x.y }}");
    editor.dispatch({ selection: { anchor: 6 } });
    (handle as FieldHandle | null)?.insert("{{ x.y }}");
    expect(editor.state.doc.toString()).toBe('{"a": "{{ x.y }}", "b": "{{ x.y }}"}');
  });
});
