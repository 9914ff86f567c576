// Calls back once a field is there that takes text, with when that was in milliseconds since 1970; with null where it was
// there already and nobody can say since when.
const [isPlain, done] = arguments;
const isThere = () =>
  [...document.querySelectorAll("input, textarea, [contenteditable=true]")].some(
    (field) => !field.disabled && !field.readOnly && field.getClientRects().length > 0,
  );
const at = (time) => done(performance.timeOrigin + time);
const look = new MutationObserver(() => {
  if (!isThere()) return;
  look.disconnect();
  at(performance.now());
});
if (!isThere()) {
  look.observe(document, { childList: true, subtree: true, attributes: true });
} else if (isPlain) {
  at(performance.getEntriesByType("navigation")[0].domInteractive);
} else {
  done(null);
}
