import { modelSuite } from "@kysely-lucia/model";
import { harnessOn } from "./support/harness.js";

modelSuite("postgres, on a pool of ten connections", harnessOn(10));
modelSuite("postgres, on a pool of one connection", harnessOn(1));
