import { modelSuite } from "@kysely-lucia/model";
import { harnessOn } from "./support/harness.js";

modelSuite("mysql, on a pool of ten connections", harnessOn(10));
modelSuite("mysql, on a pool of one connection", harnessOn(1));
