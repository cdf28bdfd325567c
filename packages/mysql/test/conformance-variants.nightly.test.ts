import { camelCase, conformanceSuite, otherNames } from "@kysely-lucia/conformance";
import { harnessOn } from "./support/harness.js";

for (const variant of [camelCase, otherNames]) {
  conformanceSuite("mysql, on a pool of one connection", harnessOn(1), variant);
}
