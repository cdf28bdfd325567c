import type { TableNames } from "@kysely-lucia/schema";
import type { KyselyPlugin } from "kysely";
import type { Instance } from "../database.js";

/** A way of using the factory in which all that the suite checks has to hold as well. */
export interface Variant {
  /** Goes on from the name of the dialect: "postgres, inside transactions". */
  readonly name: string;
  /** Kysely plugins of the app's, after those of a test. */
  readonly plugins?: readonly KyselyPlugin[];
  /** Other names for the auth tables, and a schema that they are in. Tests go on to say `auth_user`. */
  readonly tables?: TableNames;
  readonly databaseSchema?: string;
  /** Puts something between the tests and what the factory has returned. */
  wrap?(instance: Instance): Instance;
  /** Whether each call of the outer `auth` is made inside of a transaction. */
  readonly insideTransactions?: true;
}

/** The factory as it comes. */
export const asItComes: Variant = { name: "as it comes" };
