import { defineConfig } from "tsup";

/** Every published package is built the same way: one ESM entry point with its declarations. */
export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  target: "node20",
  // `pnpm check` is who checks types, of all packages at once.
  dts: { compilerOptions: { noCheck: true } },
  clean: true,
  // A fifth less of code. Names stay, and lines short enough for a stack trace to point into.
  esbuildOptions: (options) => {
    options.minifySyntax = true;
    options.minifyWhitespace = true;
    options.lineLimit = 120;
  },
});
