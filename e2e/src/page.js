// Visible elements whose role may be arguments[0] and whose name may be arguments[1] (null: any name).
// A rough sieve: the engine's own role and name decide afterwards.
const [role, wanted, scope] = arguments;
const selectors = {
  button: "button, [role=button], input[type=submit], input[type=button], summary",
  link: "a[href], [role=link]",
  textbox: "input:not([type=checkbox]):not([type=radio]):not([type=button]):not([type=submit]), textarea, [role=textbox], [contenteditable=true]",
  searchbox: "input[type=search], [role=searchbox]",
  combobox: "select, [role=combobox]",
  checkbox: "input[type=checkbox], [role=checkbox]",
  switch: "[role=switch], input[type=checkbox]",
  radio: "input[type=radio], [role=radio]",
  heading: "h1, h2, h3, h4, h5, h6, [role=heading]",
  dialog: "dialog, [role=dialog], [role=alertdialog]",
  alertdialog: "[role=alertdialog]",
  row: "tr, [role=row]",
  region: "section[aria-label], section[aria-labelledby], [role=region]",
  tab: "[role=tab]",
  option: "option, [role=option]",
  article: "article, [role=article]",
  listitem: "li, [role=listitem]",
  image: "img, [role=img], [role=image]",
};
const squeeze = (text) => String(text ?? "").replace(/\s+/g, " ").trim().toLowerCase();
const visible = (element) => {
  // A control may be drawn by its label, with the control itself hidden from sight but not from people.
  if (["checkbox", "switch", "radio"].includes(role)) return element.closest("[hidden], [inert]") === null;
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility !== "hidden";
};
const hints = (element) => [
  element.getAttribute("aria-label"), element.title, element.placeholder, element.value, element.textContent,
  ...(element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent),
  ...[...(element.labels ?? [])].map((label) => label.textContent),
];
const root = scope ?? document;
return [...root.querySelectorAll(selectors[role] ?? `[role=${role}]`)].filter((element) =>
  visible(element) && element.closest("[aria-hidden=true]") === null &&
  (wanted === null || hints(element).some((hint) => squeeze(hint).includes(squeeze(wanted)))));
