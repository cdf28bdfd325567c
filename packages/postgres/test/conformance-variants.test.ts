import {
  camelCase,
  conformanceSuite,
  insideTransactions,
  otherNamesInSchema,
} from "@kysely-lucia/conformance";
import { harnessOn } from "./support/harness.js";

for (const variant of [insideTransactions, camelCase, otherNamesInSchema]) {
  conformanceSuite("postgres, on a pool of one connection", harnessOn(1), variant);
}
