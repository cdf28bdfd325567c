import { modelSuite } from "@kysely-lucia/model";
import { harness } from "./support/harness.js";

modelSuite("sqlite", harness);
