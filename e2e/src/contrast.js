// Texts whose colour is less than 4.5 to 1 against what is behind them, as a list of words. What cannot be used now
// (a disabled control, a step that has not begun) is faint on purpose, as WCAG allows.
const found = new Set();
const parse = (colour) => {
  const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
  return { red, green, blue, alpha };
};
const over = (top, below) => {
  const mix = (a, b) => a * top.alpha + b * (1 - top.alpha);
  return { red: mix(top.red, below.red), green: mix(top.green, below.green), blue: mix(top.blue, below.blue), alpha: 1 };
};
const background = (element) => {
  if (!element) return { red: 255, green: 255, blue: 255, alpha: 1 };
  const colour = parse(getComputedStyle(element).backgroundColor);
  return colour.alpha === 1 ? colour : over(colour, background(element.parentElement));
};
const luminance = ({ red, green, blue }) => {
  const part = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
};
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
  const element = node.parentElement;
  if (!node.data.trim() || !element.checkVisibility({ visibilityProperty: true })) continue;
  if (element.closest("script, style, [inert], :disabled, [data-disabled], [aria-disabled=true]")) continue;
  let opacity = 1;
  for (let one = element; one; one = one.parentElement) opacity *= Number(getComputedStyle(one).opacity);
  if (opacity < 1) continue;
  const box = element.getBoundingClientRect();
  if (box.width <= 2 || box.height <= 2) continue;
  const behind = background(element);
  const [light, dark] = [luminance(over(parse(getComputedStyle(element).color), behind)), luminance(behind)]
    .sort((a, b) => b - a);
  const ratio = (light + 0.05) / (dark + 0.05);
  if (ratio < 4.5)
    found.add(`“${node.data.trim().slice(0, 40)}” ${ratio.toFixed(2)} (${element.className || element.tagName})`);
}
return [...found];
