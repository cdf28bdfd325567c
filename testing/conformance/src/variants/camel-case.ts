import { CamelCasePlugin } from "kysely";
import type { Variant } from "./variant.js";

/** With a plugin on the app's `db` that renames columns, which the auth queries must not meet. */
export const camelCase: Variant = {
  name: "with CamelCasePlugin",
  plugins: [new CamelCasePlugin()],
};
