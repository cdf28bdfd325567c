import { ConfigurationError, describe } from "./configuration-error.js";

interface Rule {
  readonly type: "object" | "function";
  readonly required?: true;
  /** How the option is meant to be written. */
  readonly example: string;
}

const RULES: Readonly<Record<string, Rule>> = {
  schema: { type: "object", required: true, example: "schema: schema<Database>()" },
  lucia: { type: "object", required: true, example: 'lucia: { env: "DEV" }' },
  kysely: { type: "object", example: 'kysely: { log: ["error"] }' },
  userColumns: {
    type: "function",
    example: 'userColumns: (table) => table.addColumn("username", "text")',
  },
  adapter: { type: "function", example: "adapter: betterSqlite3 (the function, not called)" },
  sessions: { type: "function", example: "sessions: redis(client)" },
};

/**
 * Refuses options that cannot work, for those who write JavaScript or have cast their way past the
 * types. Runs before anything is built.
 *
 * @throws ConfigurationError
 */
export function checkOptions(options: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(options)) {
    if (!(name in RULES)) {
      fail(`There is no option \`${name}\`. The options are: ${Object.keys(RULES).join(", ")}.`);
    }
  }
  for (const [name, { type, required, example }] of Object.entries(RULES)) {
    const value = options[name];
    if (value === undefined && !required) continue;
    if (typeof value !== type || value === null) {
      fail(`The option \`${name}\` is ${describe(value)}. Expected, for example, \`${example}\`.`);
    }
  }
  refuseConflicts(options as Record<string, Readonly<Record<string, unknown>> | undefined>);
}

function refuseConflicts({
  adapter,
  kysely,
  lucia,
  sessions,
}: Record<string, Readonly<Record<string, unknown>> | undefined>): void {
  if (lucia?.["env"] !== "DEV" && lucia?.["env"] !== "PROD") {
    fail(
      `The option \`lucia.env\` is ${JSON.stringify(lucia?.["env"])}. Expected "DEV", or "PROD" for ` +
        "session cookies that only travel over HTTPS.",
    );
  }
  if (lucia["adapter"] !== undefined) {
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
