import { harness } from "../../../packages/sqlite/test/support/harness.js";
import { conformanceSuite, otherNames } from "../../../testing/conformance/src/index.js";

conformanceSuite("sqlite", harness, otherNames);
