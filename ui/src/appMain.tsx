import "@fontsource-variable/inter";
import "@fontsource-variable/jetbrains-mono";
import "./styles/tokens.css";
import "./styles/base.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { AppWindow } from "./appWindow/AppWindow";
import type { AppPlatform } from "./platform/appPlatform";

/** The core behind the window; in a plain browser, and only in development, one that lives in memory. */
async function loadPlatform(): Promise<AppPlatform> {
  if ("__TAURI_INTERNALS__" in window) return (await import("./platform/tauriApp")).tauriAppPlatform;
  if (import.meta.env.DEV || import.meta.env.MODE === "fake") {
    return (await import("./platform/fake/app/fromAddress")).fakeAppFromAddress(window.location.search);
  }
  throw new Error("An app's window only works inside the Latchwork app.");
}

const root = document.getElementById("root");
if (!root) throw new Error("app.html has no #root");
loadPlatform().then(
  (platform) =>
    createRoot(root).render(
      <StrictMode>
        <AppWindow platform={platform} />
      </StrictMode>,
    ),
  (error: Error) => {
    root.textContent = error.message;
  },
);
