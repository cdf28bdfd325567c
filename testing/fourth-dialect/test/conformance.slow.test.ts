import {
  asItComes,
  camelCase,
  conformanceSuite,
  insideTransactions,
  otherNames,
} from "@kysely-lucia/conformance";
import { harness } from "./support/harness.js";

const isNight = process.env["KYSELY_LUCIA_NIGHTLY"] !== undefined;
const atNight = isNight ? [camelCase, otherNames] : [];

// A database has one connection, so that there is no other size of a pool than one.
for (const variant of [asItComes, insideTransactions, ...atNight]) {
  conformanceSuite("libsql", harness, variant);
}
