import type { SessionIds } from "./adapter/session-ids.js";
import { refuseNames } from "./check-names.js";
import { describeValue } from "./describe-value.js";
import type { DialectSpec } from "./dialect-spec.js";
import { fail, refuseUnknown } from "./refuse-option.js";

interface Rule {
  readonly type: "object" | "function" | "string" | "boolean";
  readonly required?: true;
  /** How the option is meant to be written. */
  readonly example: string;
}

const RULES: Readonly<Record<string, Rule>> = {
  schema: {
    type: "object",
    required: true,
    example: "`schema: schema<Database>()`, in JavaScript `schema: schema()`",
  },
  lucia: { type: "object", required: true, example: '`lucia: { env: "DEV" }`' },
  kysely: { type: "object", example: '`kysely: { log: ["error"] }`' },
  userColumns: {
    type: "function",
    example: '`userColumns: (table) => table.addColumn("username", "varchar(255)")`',
  },
  foreignKeys: { type: "boolean", example: "`foreignKeys: false`" },
  adapter: { type: "function", example: "`adapter: officialAdapter`, the function, not called" },
  sessions: { type: "function", example: "`sessions: redis(client)`" },
  sessionIds: { type: "string", example: '`sessionIds: "hashed"`' },
  tables: {
    type: "object",
    example: '`tables: { user: "member", session: "member_session", key: "member_key" }`',
  },
};

const SESSION_IDS: readonly unknown[] = ["plain", "hashed", "migrating"] satisfies SessionIds[];

/** Those of the options that are about tables. */
const ABOUT_TABLES = ["userColumns", "tables", "foreignKeys"];

/** Lucia 1.8's configuration. A name that is not here, such as one of Lucia 2, would have no effect. */
const LUCIA_OPTIONS: readonly string[] = [
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

type OfDialect = Pick<DialectSpec, "poolOption" | "hasSchemas" | "preparesStatements">;

/**
 * Refuses options that cannot work, for those who write JavaScript or have cast their way past the
 * types. Runs before anything is built.
 *
 * @param spec the dialect, which checks the pool itself
 * @throws ConfigurationError
 */
export function checkOptions(
  options: unknown,
  { poolOption, hasSchemas, preparesStatements }: OfDialect,
): void {
  if (typeof options !== "object" || options === null) {
    fail(`The options are ${describeValue(options)}. Expected an object: { ${poolOption}, … }.`);
  }
  const given = new Map<string, unknown>(Object.entries(options));
  const known = [
    poolOption,
    ...Object.keys(RULES),
    ...(hasSchemas ? ["databaseSchema"] : []),
    ...(preparesStatements ? ["preparedStatements"] : []),
  ];
  refuseUnknown(options, known, "");
  for (const name of Object.keys(RULES)) checkKind(name, given.get(name));
  refuseConflicts(options);
}

/**
 * The same for those that are about tables alone.
 *
 * @throws ConfigurationError
 */
export function checkTableOptions(
  options: unknown,
  { hasSchemas }: Pick<DialectSpec, "hasSchemas">,
): void {
  if (typeof options !== "object" || options === null) {
    fail(`The options are ${describeValue(options)}. Expected an object: { userColumns, … }.`);
  }
  refuseUnknown(options, [...ABOUT_TABLES, ...(hasSchemas ? ["databaseSchema"] : [])], "");
  for (const name of ABOUT_TABLES) checkKind(name, Reflect.get(options, name));
  refuseNames(options);
}

function checkKind(name: string, value: unknown): void {
  const rule = RULES[name];
  if (!rule || (value === undefined && !rule.required)) return;
  if (typeof value !== rule.type || value === null || Array.isArray(value)) {
    fail(
      `The option \`${name}\` is ${describeValue(value)}. Expected, for example, ${rule.example}.`,
    );
  }
}

/** The options by their type, which the checks above have made sure of. */
interface Given {
  readonly lucia?: {
    readonly env?: unknown;
    readonly sessionExpiresIn?: unknown;
  };
  readonly kysely?: object;
  readonly adapter?: unknown;
  readonly sessions?: unknown;
  readonly sessionIds?: unknown;
  readonly tables?: object;
  readonly databaseSchema?: unknown;
  readonly preparedStatements?: unknown;
}

function refuseConflicts(options: Given): void {
  const { adapter, kysely, lucia = {}, sessions, sessionIds, tables } = options;
  const { databaseSchema, preparedStatements } = options;
  if (lucia.env !== "DEV" && lucia.env !== "PROD") {
    fail(
      `The option \`lucia.env\` is ${JSON.stringify(lucia.env)}. Expected "DEV", or "PROD" for ` +
        "session cookies that only travel over HTTPS.",
    );
  }
  if ("adapter" in lucia) {
    fail(
      "The option `lucia.adapter` was given, but Lucia is built on the pool of this factory. " +
        "Leave it out; for an official adapter use the option `adapter`.",
    );
  }
  refuseUnknown(lucia, LUCIA_OPTIONS, "lucia.");
  refusePeriods(lucia.sessionExpiresIn);
  if (kysely && "dialect" in kysely) {
    fail(
      "The option `kysely.dialect` was given, but Kysely is built on the pool of this factory. Leave it out.",
    );
  }
  if (sessionIds !== undefined && !SESSION_IDS.includes(sessionIds)) {
    fail(
      `The option \`sessionIds\` is ${JSON.stringify(sessionIds)}. Expected one of: ${SESSION_IDS.join(", ")}.`,
    );
  }
  if (preparedStatements !== undefined && typeof preparedStatements !== "boolean") {
    fail(
      `The option \`preparedStatements\` is ${describeValue(preparedStatements)}. Expected true or false.`,
    );
  }
  refuseNames(options);
  if (adapter && (tables || databaseSchema)) {
    fail(
      "The option `adapter` was given with `tables` or `databaseSchema`, but the official adapters " +
        "know no other names than auth_user, auth_session and auth_key. Leave one of them out.",
    );
  }
  if (adapter && sessions) {
    fail(
      "Both `adapter` and `sessions` were given, and each would answer for the sessions. Give one of them.",
    );
  }
}

/** A period of the environment's that was not made a number fails each sign-in. */
function refusePeriods(periods: unknown): void {
  for (const [name, period] of Object.entries(periods ?? {})) {
    if (Number.isFinite(period)) continue;
    fail(
      `The option \`lucia.sessionExpiresIn.${name}\` is ${describeValue(period)}. Expected milliseconds, a number such as ` +
        "86_400_000 for a day.",
    );
  }
}
