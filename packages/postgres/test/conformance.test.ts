import { conformanceSuite } from "@kysely-lucia/conformance";
import { harness } from "./support/harness.js";

conformanceSuite("postgres, on a pool of one connection", harness);
