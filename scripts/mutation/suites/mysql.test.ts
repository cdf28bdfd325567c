import { harnessOn } from "../../../packages/mysql/test/support/harness.js";
import { asItComes, conformanceSuite } from "../../../testing/conformance/src/index.js";

conformanceSuite("mysql", harnessOn(10), asItComes);
