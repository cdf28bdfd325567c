import { camelCase, conformanceSuite, otherNames } from "@kysely-lucia/conformance";
import { harness } from "./support/harness.js";

for (const variant of [camelCase, otherNames]) {
  conformanceSuite("sqlite", harness, variant);
}
