import { harness } from "../../../packages/sqlite/test/support/harness.js";
import { asItComes, conformanceSuite } from "../../../testing/conformance/src/index.js";

conformanceSuite("sqlite", harness, asItComes);
