import { ConfigurationError } from "./configuration-error.js";
import { describeValue } from "./describe-value.js";

interface Rule {
  readonly type: "object" | "function";
  readonly required?: true;
  /** How the option is meant to be written. */
  readonly example: string;
}

const RULES: Readonly<Record<string, Rule>> = {
  schema: {
    type: "object",
    required: true,
    example: "schema: schema<Database>()` (in JavaScript `schema: schema()",
  },
  lucia: { type: "object", required: true, example: 'lucia: { env: "DEV" }' },
  kysely: { type: "object", example: 'kysely: { log: ["error"] }' },
  userColumns: {
    type: "function",
    example: 'userColumns: (table) => table.addColumn("username", "varchar(255)")',
  },
  adapter: { type: "function", example: "adapter: officialAdapter (the function, not called)" },
  sessions: { type: "function", example: "sessions: redis(client)" },
};

/** Lucia 1.8's configuration. A name that is not here, such as one of Lucia 2, would have no effect. */
const LUCIA_OPTIONS: readonly string[] = [
  "adapter",
  "autoDatabaseCleanup",
  "csrfProtection",
  "env",
  "experimental",
  "generateCustomUserId",
  "hash",
  "middleware",
  "origin",
  "sessionCookie",
  "sessionExpiresIn",
  "transformDatabaseUser",
];

/**
 * Refuses options that cannot work, for those who write JavaScript or have cast their way past the
 * types. Runs before anything is built.
 *
 * @param poolOption the name of the option that holds the pool, which the dialect checks
 * @throws ConfigurationError
 */
export function checkOptions(options: object, poolOption: string): void {
  if (typeof options !== "object" || options === null) {
    fail(`The options are ${describeValue(options)}. Expected an object: { ${poolOption}, … }.`);
  }
  const given = new Map<string, unknown>(Object.entries(options));
  const known = [poolOption, ...Object.keys(RULES)];
  refuseUnknown(options, known, "");
  for (const [name, { type, required, example }] of Object.entries(RULES)) {
    const value = given.get(name);
    if (value === undefined && !required) continue;
    if (typeof value !== type || value === null || Array.isArray(value)) {
      fail(
        `The option \`${name}\` is ${describeValue(value)}. Expected, for example, \`${example}\`.`,
      );
    }
  }
  refuseConflicts(options);
}

function refuseUnknown(options: object, known: readonly string[], path: string): void {
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      fail(`There is no option \`${path}${name}\`. The options are: ${known.join(", ")}.`);
    }
  }
}

/** The options by their type, which the checks above have made sure of. */
interface Given {
  readonly lucia?: { readonly env?: unknown; readonly adapter?: unknown };
  readonly kysely?: object;
  readonly adapter?: unknown;
  readonly sessions?: unknown;
}

function refuseConflicts({ adapter, kysely, lucia = {}, sessions }: Given): void {
  if (lucia.env !== "DEV" && lucia.env !== "PROD") {
    fail(
      `The option \`lucia.env\` is ${JSON.stringify(lucia.env)}. Expected "DEV", or "PROD" for ` +
        "session cookies that only travel over HTTPS.",
    );
  }
  refuseUnknown(lucia, LUCIA_OPTIONS, "lucia.");
  if (lucia.adapter !== undefined) {
    fail(
      "The option `lucia.adapter` was given, but Lucia is built on the pool of this factory. " +
        "Leave it out; for an official adapter use the option `adapter`.",
    );
  }
  if (kysely && "dialect" in kysely) {
    fail(
      "The option `kysely.dialect` was given, but Kysely is built on the pool of this factory. Leave it out.",
    );
  }
  if (adapter && sessions) {
    fail(
      "Both `adapter` and `sessions` were given, and each would answer for the sessions. Give one of them.",
    );
  }
}

function fail(message: string): never {
  throw new ConfigurationError(message);
}
