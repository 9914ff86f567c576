import { fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Button } from "@/components/Button/Button";
import { mendPointerAfterDrag } from "./pointerAfterDrag";

let stop: () => void;
beforeEach(() => {
  stop = mendPointerAfterDrag(window);
});
afterEach(() => stop());

/** What WebKitGTK sends for a click: without `pointerdown` where it takes the button for pressed still. */
function click(element: Element, withPointerDown: boolean) {
  const mouse = { button: 0, buttons: 1, detail: 1 };
  const pointer = { ...mouse, pointerId: 1, pointerType: "mouse", width: 1, height: 1, pressure: 0.5 };
  if (withPointerDown) fireEvent.pointerDown(element, pointer);
  fireEvent.mouseDown(element, mouse);
  fireEvent.pointerUp(element, { ...pointer, buttons: 0 });
  fireEvent.mouseUp(element, { ...mouse, buttons: 0 });
  fireEvent.click(element, { ...mouse, buttons: 0, pointerId: 1, pointerType: "mouse" });
}

test("the first click after a drag counts, once", () => {
  const onPress = vi.fn();
  render(<Button onPress={onPress}>Undo</Button>);
  const button = screen.getByRole("button", { name: "Undo" });
  fireEvent.dragEnd(button);
  click(button, false);
  expect(onPress).toHaveBeenCalledTimes(1);
  click(button, true);
  expect(onPress).toHaveBeenCalledTimes(2);
});

test("where the engine tells the press itself, nothing is added", () => {
  const pressed = vi.fn();
  window.addEventListener("pointerdown", pressed, true);
  render(<Button>Undo</Button>);
  const button = screen.getByRole("button", { name: "Undo" });
  fireEvent.dragEnd(button);
  click(button, true);
  expect(pressed).toHaveBeenCalledTimes(1);
  // Without a drag before it, a press is the engine's alone.
  fireEvent.mouseDown(button, { button: 0, buttons: 1 });
  expect(pressed).toHaveBeenCalledTimes(1);
  window.removeEventListener("pointerdown", pressed, true);
});
