import { sql } from "kysely";
import type { AnyKysely } from "../executor.js";
import { AUTH_TABLES, type OwnedTable } from "./auth-tables.js";
import { compare } from "./compare.js";
import type { LiveTables } from "./comparison.js";
import { readDroppedForeignKeys } from "./dropped-foreign-keys.js";
import { TableStatements } from "./statements.js";
import type { Step } from "./step.js";
import type { WantedTables } from "./wanted-tables.js";

/**
 * Looks at the tables as they are, and says what is to be done about them, in this order. Writes nothing.
 *
 * @param db the connection, or the transaction, that the steps are to run on
 */
export async function planTables(db: AnyKysely, wanted: WantedTables): Promise<readonly Step[]> {
  const queries = db.withoutPlugins();
  const renamed = queries.withPlugin(wanted.names.plugin);
  const types = await wanted.spec.columnTypes(queries);
  const statements = new TableStatements(renamed, wanted, types);
  const live = await readTables(queries, wanted);
  const noted = (await readDroppedForeignKeys(queries, wanted)) ?? [];
  const droppedForeignKeys = noted.filter(({ table }) => live[table]);
  const mayHaveUsers = live.auth_user && live.auth_user.otherKind === undefined;
  // Databases that can change columns do not ask.
  const hasUsers = !wanted.spec.changeColumn && mayHaveUsers === true && (await hasRows(renamed));
  const steps = compare({ live, hasUsers, droppedForeignKeys, wanted, statements });
  const orphans: Step[] = [];
  for (const table of new Set(steps.flatMap(({ givesForeignKey = [] }) => givesForeignKey))) {
    const count = await countOrphans(renamed, wanted, table, live.auth_user !== undefined);
    if (count === 0) continue;
    orphans.push({
      code: "orphans",
      level: "error",
      table,
      column: "user_id",
      is: `without a user in ${count} ${count === 1 ? "row" : "rows"}`,
      shouldBe:
        "the id of a user, as a foreign key demands: delete those rows; or the option `foreignKeys: false`",
      isByHand: true,
    });
  }
  return [...(await missingSchema(queries, wanted)), ...orphans, ...steps];
}

/** The auth tables that are there. */
export async function readTables(
  db: AnyKysely,
  { spec, names }: WantedTables,
): Promise<LiveTables> {
  const found = await spec.inspectTables(
    db.withoutPlugins(),
    AUTH_TABLES.map((table) => names.find(table)),
  );
  return Object.fromEntries(
    AUTH_TABLES.flatMap((table, index) => (found[index] ? [[table, found[index]]] : [])),
  );
}

async function hasRows(db: AnyKysely): Promise<boolean> {
  const query = db.selectFrom("auth_user").select(sql.lit(1).as("one")).limit(1);
  return (await query.executeTakeFirst()) !== undefined;
}

/** Rows whose user is not there, byte by byte. */
async function countOrphans(
  db: AnyKysely,
  { spec }: WantedTables,
  table: OwnedTable,
  isThereUserTable: boolean,
): Promise<number> {
  const [id, userId] = [sql.ref<string>("auth_user.id"), sql.ref<string>(`${table}.user_id`)];
  const all = db.selectFrom(table).select(({ fn }) => fn.countAll().as("count"));
  const orphans = all.where(({ not, exists, selectFrom }) =>
    not(
      exists(
        selectFrom("auth_user")
          .select("auth_user.id")
          .where(spec.equalIds?.(id, userId) ?? sql<boolean>`${id} = ${userId}`),
      ),
    ),
  );
  const { count } = await (isThereUserTable ? orphans : all).executeTakeFirstOrThrow();
  return Number(count);
}

/** `create schema if not exists` asks for the right to create one, also where it is there. */
async function missingSchema(db: AnyKysely, { names: { schema } }: WantedTables): Promise<Step[]> {
  if (schema === undefined) return [];
  const schemas = await db.introspection.getSchemas();
  if (schemas.some(({ name }) => name === schema)) return [];
  return [
    {
      code: "missing_schema",
      level: "error",
      table: "auth_user",
      is: `in a schema that is missing, ${schema}`,
      shouldBe: "in one that is there",
      statements: [db.schema.createSchema(schema)],
    },
  ];
}
