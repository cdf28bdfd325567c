import type { AnyKysely } from "../executor.js";
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
    return [...steps.map((step) => findingOf(step, wanted)), ...settings];
  });
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
