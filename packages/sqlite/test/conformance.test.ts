import { conformanceSuite } from "@kysely-lucia/conformance";
import { harness } from "./support/harness.js";

conformanceSuite("sqlite", harness);
