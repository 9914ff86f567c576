import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { QrPicture } from "./QrPicture";

/** The modules that a path of joined runs covers. */
function darkModules(path: string): Set<string> {
  const dark = new Set<string>();
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let i = 0; i < Number(length); i += 1) dark.add(`${Number(x) + i} ${y}`);
  }
  return dark;
}

test("the picture has a name, a quiet zone, and the three corners that a camera looks for", () => {
  render(<QrPicture text="https://acme.example/device?user_code=WDJB-MJHT" label="QR code of the address" />);
  const picture = screen.getByRole("img", { name: "QR code of the address" });
  const size = Number(picture.getAttribute("viewBox")?.split(" ")[2]);
  const dark = darkModules(picture.querySelector("path")?.getAttribute("d") ?? "");
  const corner = (left: number, top: number) => {
    for (let i = 0; i < 7; i += 1) {
      for (const [x, y] of [
        [left + i, top],
        [left + i, top + 6],
        [left, top + i],
        [left + 6, top + i],
      ]) {
        if (!dark.has(`${x} ${y}`)) return false;
      }
    }
    return dark.has(`${left + 3} ${top + 3}`) && !dark.has(`${left + 1} ${top + 1}`);
  };
  expect([corner(4, 4), corner(size - 11, 4), corner(4, size - 11)]).toEqual([true, true, true]);
  expect(
    [...dark].some((at) => at.split(" ").some((part) => Number(part) < 4 || Number(part) >= size - 4)),
  ).toBe(false);
});

test("a text that is too long for a picture is left to its words", () => {
  const { container } = render(<QrPicture text={"x".repeat(5000)} label="QR code" />);
  expect(container).toBeEmptyDOMElement();
});
