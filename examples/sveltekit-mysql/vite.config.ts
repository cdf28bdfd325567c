import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [sveltekit()],
  // Images stay files: the content security policy allows none inside of style sheets and pages.
  build: { assetsInlineLimit: 0 },
  // Vite's plugin for Svelte would make a copy of it for the site alone, and an error that this library
  // throws would be no `LuciaError` of that copy.
  ssr: { external: ["lucia-auth"] },
  server: { host: "127.0.0.1", port: Number(process.env["PORT"] || 3000), strictPort: true },
});
