import { defineConfig } from "tsup";

/** Every published package is built the same way: one ESM entry point with its declarations. */
export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  target: "node20",
  // `pnpm check` is who checks types, of all packages at once.
  dts: { compilerOptions: { noCheck: true } },
  clean: true,
  // Shorter forms of the same, in lines and by names that stay readable.
  esbuildOptions: (options) => {
    options.minifySyntax = true;
  },
});
