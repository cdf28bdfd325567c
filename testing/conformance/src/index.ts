export { adoptionTests, type DocumentedTables } from "./adoption.js";
export { promisesByOperation, statementsByOperation } from "./costs.js";
export { type Database, type Instance, userColumns } from "./database.js";
export type {
  Harness,
  OpenPool,
  RawDatabase,
  Row,
  SuiteOptions,
  TestDatabase,
} from "./harness.js";
export { conformanceSuite } from "./suite.js";
export { atOnce, gate, rejectionOf } from "./support/calls.js";
export { camelCase } from "./variants/camel-case.js";
export { insideTransactions } from "./variants/inside-transactions.js";
export { otherNames, otherNamesInSchema } from "./variants/other-names.js";
export { asItComes, type Variant } from "./variants/variant.js";
