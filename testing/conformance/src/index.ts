export type { Database, Instance } from "./database.js";
export type {
  Harness,
  OpenPool,
  RawDatabase,
  Row,
  SuiteOptions,
  TestDatabase,
} from "./harness.js";
export { conformanceSuite } from "./suite.js";
