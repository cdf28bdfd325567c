import { asItComes, conformanceSuite } from "@kysely-lucia/conformance";
import { harnessOn } from "./support/harness.js";

conformanceSuite("postgres, on a pool of one connection", harnessOn(1), asItComes);
