import { ConfigurationError } from "../configuration-error.js";
import type { AnyKysely } from "../executor.js";
import { HISTORY_TABLE, MigrationHistory } from "./history.js";
import { planTables } from "./plan.js";
import type { SchemaFinding, Step } from "./step.js";
import type { WantedTables } from "./wanted-tables.js";

/** See `checkSchema` of the factory's result. */
export async function checkSchema(
  db: AnyKysely,
  wanted: WantedTables,
): Promise<readonly SchemaFinding[]> {
  return await db.connection().execute(async (connection) => {
    const steps = await planTables(connection, wanted);
    const settings = (await wanted.spec.checkSettings?.(connection.withoutPlugins())) ?? [];
    const later = await laterVersion(connection, wanted);
    return [...later, ...steps.map((step) => findingOf(step, wanted)), ...settings];
  });
}

async function laterVersion(db: AnyKysely, wanted: WantedTables): Promise<SchemaFinding[]> {
  const later = await new MigrationHistory(db, wanted).readLater().catch((error: unknown) => {
    // A role may have no right to read it, and has none to migrate then.
    if (error instanceof ConfigurationError) return [];
    throw error;
  });
  if (later.length === 0) return [];
  return [
    {
      code: "later_version",
      level: "error",
      table: HISTORY_TABLE,
      is: `of a later version, which has run ${later.join(", ")}`,
      shouldBe: "of this version of kysely-lucia: install that later one",
      sql: [],
      isByHand: true,
    },
  ];
}

/** A step as it is told to those who call. */
function findingOf(
  { code, level, table, column, is, shouldBe, statements = [], isByHand = false }: Step,
  { names }: WantedTables,
): SchemaFinding {
  return {
    code,
    level,
    table: names.nameOf(table),
    ...(column !== undefined && { column }),
    is,
    shouldBe,
    sql: statements.map((statement) => statement.compile().sql),
    isByHand,
  };
}
