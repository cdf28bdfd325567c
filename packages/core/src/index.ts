export { assemble } from "./assemble.js";
export type { Auth, AuthTypes, Request } from "./auth.js";
export { ConfigurationError, describe } from "./configuration-error.js";
export type { DatabaseFault, DialectSpec } from "./dialect-spec.js";
export { type ExpressRequest, type ExpressResponse, express } from "./middleware/express.js";
export type { LuciaOptions, OfficialAdapter, Options, UserColumns } from "./options.js";
export type { AuthOf, KyselyLucia, TransactionScope } from "./result.js";
