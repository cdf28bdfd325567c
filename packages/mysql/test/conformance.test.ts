import { conformanceSuite } from "@kysely-lucia/conformance";
import { harnessOn } from "./support/harness.js";

conformanceSuite("mysql, on a pool of ten connections", harnessOn(10));
conformanceSuite("mysql, on a pool of one connection", harnessOn(1));
