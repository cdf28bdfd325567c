import {
  asItComes,
  camelCase,
  conformanceSuite,
  insideTransactions,
  otherNames,
} from "@kysely-lucia/conformance";
import { harness } from "./support/harness.js";

// SQLite has no other size of a pool than one.
for (const variant of [asItComes, insideTransactions, camelCase, otherNames]) {
  conformanceSuite("sqlite", harness, variant);
}
