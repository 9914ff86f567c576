// What does not fit at the side, as a list of words: the page itself, boxes that scroll sideways, controls that
// stick out, labels that are cut. Code and long texts may scroll; a text that ends in an ellipsis is cut on purpose.
const found = [];
const named = (element) => {
  const name = element.getAttribute("aria-label") ?? element.dataset.testid ?? element.textContent.trim().slice(0, 40);
  return `${element.tagName.toLowerCase()}.${String(element.className).slice(0, 40)} “${name}”`;
};
const page = document.documentElement;
if (page.scrollWidth > innerWidth) found.push(`the page is ${page.scrollWidth} wide in a window of ${innerWidth}`);
const mayScroll = ".cm-scroller, pre, [data-scrolls-sideways]";
const isHidden = (element) => element.closest("[inert], [hidden]") !== null
  || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
for (const element of document.body.querySelectorAll("*")) {
  const box = element.getBoundingClientRect();
  // What is drawn by something else (a radio under its label) is a pixel wide.
  if (box.width <= 2 || isHidden(element)) continue;
  const style = getComputedStyle(element);
  const spills = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
  if (spills && ["auto", "scroll"].includes(style.overflowX) && !element.matches(mayScroll))
    found.push(`${named(element)} scrolls sideways: ${element.scrollWidth} in ${element.clientWidth}`);
  if (!element.matches("button, a, input, [role=textbox], [role=tab], [role=switch]")) continue;
  const scroller = element.closest(mayScroll);
  if (!scroller && (box.left < -1 || box.right > innerWidth + 1))
    found.push(`${named(element)} sticks out: ${Math.round(box.left)} to ${Math.round(box.right)}`);
  if (spills && element.matches("button, a") && style.display !== "inline") {
    const endsInEllipsis = [element, ...element.querySelectorAll("*")]
      .some((one) => getComputedStyle(one).textOverflow === "ellipsis");
    if (!endsInEllipsis) found.push(`${named(element)} is cut: ${element.scrollWidth} in ${element.clientWidth}`);
  }
}
return found;
