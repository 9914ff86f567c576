import "@fontsource-variable/inter";
import "@fontsource-variable/jetbrains-mono";
import "./styles/tokens.css";
import "./styles/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { mendPointerAfterDrag } from "./app/pointerAfterDrag";
import type { Platform } from "./platform/platform";

/** The core behind the window; in a plain browser, and only in development, one that lives in memory. */
async function loadPlatform(): Promise<Platform> {
  if ("__TAURI_INTERNALS__" in window) return (await import("./platform/tauri")).tauriPlatform;
  if (import.meta.env.DEV || import.meta.env.MODE === "fake") {
    return (await import("./platform/fake/fromAddress")).fakeFromAddress(window.location.search);
  }
  throw new Error("Latchwork's window only works inside the Latchwork app.");
}

mendPointerAfterDrag(window);

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
loadPlatform().then(
  (platform) =>
    createRoot(root).render(
      <StrictMode>
        <App platform={platform} />
      </StrictMode>,
    ),
  (error: Error) => {
    root.textContent = error.message;
  },
);
