/** How code looks: classes and design tokens only. */
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const highlight = HighlightStyle.define([
  { tag: tags.propertyName, color: "var(--code-key)" },
  { tag: tags.string, color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
  { tag: tags.invalid, color: "var(--danger)" },
]);

/** Only where there is a grammar: without one the highlighter loses its place in an emptied text. */
export const jsonColours = syntaxHighlighting(highlight);

/** Member by member: not every web view knows the short form with a thickness. */
const underlined = {
  textDecorationLine: "underline",
  textDecorationStyle: "wavy",
  textDecorationColor: "var(--danger)",
  textDecorationThickness: "1px",
  textUnderlineOffset: "3px",
};

export const codeLook = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "transparent", fontSize: "12.5px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "22px", scrollbarWidth: "none" },
  ".cm-content": { padding: "0", caretColor: "var(--text)" },
  ".cm-line": { padding: "0" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-placeholder": { color: "var(--text-faint)" },
  ".cm-pill": {
    display: "inline-block",
    padding: "0 6px",
    margin: "0 1px",
    borderRadius: "4px",
    backgroundColor: "var(--accent-soft)",
    color: "var(--accent)",
    font: "500 11px/18px var(--mono)",
    verticalAlign: "1px",
    cursor: "text",
  },
  ".cm-expression, .cm-expression *": { color: "var(--accent)" },
  ".cm-fault": { ...underlined },
  ".cm-pill-fault": {
    backgroundColor: "var(--danger-soft)",
    color: "var(--danger)",
    ...underlined,
  },
  ".cm-tooltip": {
    border: "1px solid var(--border)",
    borderRadius: "var(--r2)",
    backgroundColor: "var(--raised)",
    boxShadow: "var(--shadow-float)",
    overflow: "hidden",
    zIndex: "70",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--mono)",
    fontSize: "12px",
    maxHeight: "260px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 10px", lineHeight: "20px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent-soft)",
    color: "var(--text)",
  },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700", color: "var(--accent)" },
  ".cm-completionDetail": { color: "var(--text-faint)", fontStyle: "normal", marginLeft: "12px" },
});
