export { assemble } from "./assemble.js";
export type { Auth, AuthTypes, TypedAuthRequest } from "./auth.js";
export { ConfigurationError } from "./configuration-error.js";
export { describeValue } from "./describe-value.js";
export type { AuthColumnTypes, DialectSpec, ErrorKind, OpenedPool } from "./dialect-spec.js";
export { type ExpressRequest, type ExpressResponse, express } from "./middleware/express.js";
export type {
  Factory,
  LuciaOptions,
  OfficialAdapter,
  Options,
  UserColumns,
} from "./options.js";
export type { AuthOf, KyselyLucia, TransactionScope } from "./result.js";
export { TransactionOverError } from "./transaction-over-error.js";
