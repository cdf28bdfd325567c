import { asItComes, conformanceSuite } from "@kysely-lucia/conformance";
import { harnessOn } from "./support/harness.js";

conformanceSuite("mysql, on a pool of ten connections", harnessOn(10), asItComes);
conformanceSuite("mysql, on a pool of one connection", harnessOn(1), asItComes);
