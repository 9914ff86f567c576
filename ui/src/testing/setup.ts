import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// The editor is loaded when it is first opened; on a busy machine that takes a while.
configure({ asyncUtilTimeout: 8000 });

afterEach(() => {
  cleanup();
  window.location.hash = "";
});

// What jsdom leaves out and CodeMirror, React Aria and the virtual lists measure with.
const NO_RECTANGLE = {
  x: 0,
  y: 0,
  top: 0,
  left: 0,
  right: 0,
  bottom: 0,
  width: 0,
  height: 0,
  toJSON: () => ({}),
};
Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
Range.prototype.getBoundingClientRect = () => NO_RECTANGLE;
Element.prototype.scrollIntoView = () => undefined;
Element.prototype.scrollTo = () => undefined;
globalThis.ResizeObserver = class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
if (!globalThis.CSS?.escape) {
  Object.assign(globalThis, {
    CSS: { ...globalThis.CSS, escape: (text: string) => text.replace(/[^\w-]/g, "\\$&") },
  });
}
Object.defineProperties(HTMLElement.prototype, {
  clientWidth: { configurable: true, get: () => 1000 },
  offsetWidth: { configurable: true, get: () => 1000 },
  offsetHeight: { configurable: true, get: () => 800 },
  clientHeight: { configurable: true, get: () => 800 },
});
