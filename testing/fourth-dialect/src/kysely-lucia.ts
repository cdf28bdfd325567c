import { assemble, type Factory } from "@kysely-lucia/core";
import type { LibsqlDatabase } from "./check-pool.js";
import { dialectSpec } from "./dialect-spec.js";

/** The options of {@link kyselyLucia} that are this dialect's own. */
interface LibsqlOptions {
  /** The app's own libSQL database, open. */
  database: LibsqlDatabase;
}

/** Builds Kysely and Lucia on one libSQL database. */
export const kyselyLucia: Factory<LibsqlOptions> = (options) => assemble(dialectSpec, options);
