import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [sveltekit()],
  // Images stay files: the content security policy allows none inside of style sheets and pages.
  build: { assetsInlineLimit: 0 },
  server: { host: "127.0.0.1", port: Number(process.env["PORT"] || 3000), strictPort: true },
});
