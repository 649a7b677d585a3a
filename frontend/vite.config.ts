import react from "@vitejs/plugin-react";
import tailwindcss from "@tailwindcss/vite";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

// The server sends the same policy as a header; a copy in the page holds where
// a header could be lost on the way. Mail frames inherit it.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
  "font-src 'self'; connect-src 'self'; frame-src 'self' about:; base-uri 'none'; form-action 'none'; object-src 'none'";

const contentPolicy = (): Plugin => ({
  name: "content-policy",
  apply: "build",
  transformIndexHtml: () => [
    { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: policy }, injectTo: "head-prepend" },
  ],
});

export default defineConfig({
  plugins: [react(), tailwindcss(), contentPolicy()],
  base: "./",
  build: { outDir: "dist", emptyOutDir: true, target: "es2022", modulePreload: { polyfill: false } },
  server: {
    proxy: process.env.HOLDALL_URL
      ? { "/api": { target: process.env.HOLDALL_URL }, "/asset": { target: process.env.HOLDALL_URL } }
      : {},
  },
  test: { environment: "jsdom", include: ["src/**/*.test.{ts,tsx}"], restoreMocks: true },
});
