import {
  camelCase,
  conformanceSuite,
  insideTransactions,
  otherNames,
} from "@kysely-lucia/conformance";
import { harnessOn } from "./support/harness.js";

for (const variant of [insideTransactions, camelCase, otherNames]) {
  conformanceSuite("mysql, on a pool of one connection", harnessOn(1), variant);
}
