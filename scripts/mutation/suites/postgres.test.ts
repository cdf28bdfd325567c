import { harnessOn } from "../../../packages/postgres/test/support/harness.js";
import { asItComes, conformanceSuite } from "../../../testing/conformance/src/index.js";

conformanceSuite("postgres", harnessOn(10), asItComes);
