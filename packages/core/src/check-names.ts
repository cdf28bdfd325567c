import { quoteOrDescribe } from "./describe-value.js";
import { fail, refuseUnknown } from "./refuse-option.js";

const TABLES: readonly string[] = ["user", "session", "key"];

/** With `_user_id_idle_expires_index` it makes 63. */
const LONGEST_NAME = 36;

/** The options that name the auth tables and their schema. */
interface Names {
  readonly tables?: object;
  readonly databaseSchema?: unknown;
}

/** @throws ConfigurationError for names that the auth tables cannot have */
export function refuseNames({ tables, databaseSchema }: Names): void {
  if (databaseSchema !== undefined) refuseName("databaseSchema", databaseSchema);
  if (tables) refuseTables(tables);
}

function refuseTables(tables: object): void {
  refuseUnknown(tables, TABLES, "tables.");
  const names = TABLES.map((purpose) => Reflect.get(tables, purpose));
  if (names.includes(undefined)) {
    fail(
      "The option `tables` does not have all of: user, session, key. Each table needs its name.",
    );
  }
  for (const [index, name] of names.entries()) refuseName(`tables.${TABLES[index]}`, name);
  for (const [index, name] of names.entries()) {
    if (name.length <= LONGEST_NAME) continue;
    fail(
      `The option \`tables.${TABLES[index]}\` has ${name.length} characters. Expected at most ${LONGEST_NAME}: the ` +
        "names of indexes are made of it, and databases have 63 characters for those.",
    );
  }
  // Most databases take upper for lower case in names.
  if (new Set(names.map((name) => name.toLowerCase())).size < names.length) {
    fail(`The option \`tables\` has one name for two tables: ${names.join(", ")}.`);
  }
}

/** A name is quoted as it is, so that a dot would be a part of it. */
function refuseName(option: string, name: unknown): void {
  if (typeof name === "string" && /^[^\0.]+$/.test(name)) return;
  fail(
    `The option \`${option}\` is ${quoteOrDescribe(name)}. Expected a name without a dot, as it is quoted as a whole. ` +
      "The schema of the tables is no part of their names.",
  );
}
