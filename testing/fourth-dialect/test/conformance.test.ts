import {
  asItComes,
  camelCase,
  conformanceSuite,
  insideTransactions,
  otherNames,
} from "@kysely-lucia/conformance";
import { harness } from "./support/harness.js";

// A database has one connection, so that there is no other size of a pool than one.
for (const variant of [asItComes, insideTransactions, camelCase, otherNames]) {
  conformanceSuite("libsql", harness, variant);
}
