import { asItComes, conformanceSuite } from "@kysely-lucia/conformance";
import { harnessOn } from "./support/harness.js";

conformanceSuite("postgres, on a pool of ten connections", harnessOn(10), asItComes);
