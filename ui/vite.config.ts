import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  clearScreen: false,
  server: { port: 1420, strictPort: true, host: "127.0.0.1" },
  build: {
    target: "es2023",
    // The content security policy allows no data: addresses, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    // The studio's window, and the window of a running app, which loads nothing of the studio's.
    rolldownOptions: { input: { index: page("index.html"), app: page("app.html") } },
  },
  test: {
    environment: "jsdom",
    globals: true,
    setupFiles: ["./src/testing/setup.ts"],
    css: { modules: { classNameStrategy: "non-scoped" } },
    testTimeout: 60_000,
    // As in a build: all of them from one copy of `graphql`, which knows its own schemas only.
    alias: { "graphql-language-service": page("node_modules/graphql-language-service/esm/index.js") },
    server: { deps: { inline: ["cm6-graphql", "graphql-language-service", "graphql"] } },
  },
});
