import { asItComes, conformanceSuite, insideTransactions } from "@kysely-lucia/conformance";
import { harness } from "./support/harness.js";

// SQLite has no other size of a pool than one.
for (const variant of [asItComes, insideTransactions]) {
  conformanceSuite("sqlite", harness, variant);
}
