import { camelCase, conformanceSuite, otherNamesInSchema } from "@kysely-lucia/conformance";
import { harnessOn } from "./support/harness.js";

for (const variant of [camelCase, otherNamesInSchema]) {
  conformanceSuite("postgres, on a pool of one connection", harnessOn(1), variant);
}
