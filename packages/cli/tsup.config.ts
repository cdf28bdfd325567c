import { defineConfig } from "tsup";
import base from "../../tsup.base.js";

/** A program, which nobody imports. */
export default defineConfig({ ...base, entry: ["src/main.ts"], dts: false });
