import { sql } from "kysely";
import {
  AUTH_COLUMNS,
  AUTH_INDEXES,
  AUTH_TABLES,
  type AuthTable,
  OWNED_TABLES,
  type OwnedTable,
} from "./auth-tables.js";
import { type Comparison, columnOf, liveNameOf, misfit, togetherWith } from "./comparison.js";
import { missingColumns, missingUserColumns } from "./missing-columns.js";
import type { Step } from "./step.js";
import { strangeTables } from "./strange-tables.js";
import { userIds } from "./user-ids.js";

/** What is not as it should be, each with the statements that mend it, in the order in which they have to run. */
export function compare(comparison: Comparison): readonly Step[] {
  const strange = strangeTables(comparison.live);
  // What else there is to say of such tables would be said of other people's.
  if (strange.length > 0) return strange;
  const ids = userIds(comparison);
  const idsStay = ids.every(({ code, isByHand = false }) => code !== "wrong_column" || isByHand);
  return [
    ...AUTH_TABLES.flatMap((table) => untransactional(comparison, table)),
    ...AUTH_TABLES.flatMap((table) => hiddenRows(comparison, table)),
    ...ids,
    ...AUTH_TABLES.flatMap((table) => missingTable(comparison, table, idsStay)),
    ...AUTH_TABLES.flatMap((table) => missingColumns(comparison, table)),
    ...missingUserColumns(comparison),
    ...AUTH_TABLES.flatMap((table) => misfits(comparison, table)),
    ...leftOpen(comparison),
    ...OWNED_TABLES.flatMap((table) => missingForeignKey(comparison, table)),
    ...AUTH_INDEXES.flatMap(({ table, columns }) => missingIndex(comparison, table, columns)),
  ];
}

function untransactional({ live, statements }: Comparison, table: AuthTable): Step[] {
  if (live[table]?.isTransactional !== false) return [];
  const mend = statements.makeTransactional(table);
  const is = "in an engine without transactions";
  const shouldBe = "in one that can roll back";
  return [{ code: "no_transactions", level: "error", table, is, shouldBe, statements: [mend] }];
}

function hiddenRows({ live }: Comparison, table: AuthTable): Step[] {
  if (!live[table]?.hidesRows) return [];
  const is = "under row level security, which hides rows from this role";
  const shouldBe = "readable and writable as a whole";
  return [{ code: "hidden_rows", level: "warning", table, is, shouldBe, isByHand: true }];
}

function missingTable(comparison: Comparison, table: AuthTable, idsStay: boolean): Step[] {
  const { live, statements, wanted } = comparison;
  if (live[table]) return [];
  // A foreign key to a column that stays as it is has its type, where that matters.
  const id =
    wanted.spec.changeColumn && idsStay && live.auth_user && columnOf(live.auth_user, "id");
  const create = statements.createTable(table, id ? sql.raw<string>(id.type) : undefined);
  const finding = { is: "missing", shouldBe: "a table", statements: [create] };
  return [{ code: "missing_table", level: "error", table, ...finding }];
}

/** Columns of the right kind. Those of users' ids are changed together. */
function misfits({ live, statements }: Comparison, table: AuthTable): Step[] {
  const found = live[table];
  if (!found) return [];
  return AUTH_COLUMNS[table]
    .filter(({ name }) => name !== "user_id" && `${table}.${name}` !== "auth_user.id")
    .flatMap((column) => {
      const there = columnOf(found, column.name);
      const finding = there && misfit(there, column);
      if (!finding) return [];
      // Both ends of a foreign key have one type: those of the app are not ours to change.
      const others = column.name === "id" ? found.referencedBy : [];
      const change = others.length === 0 && statements.changeColumn(table, column, there);
      const shouldBe = togetherWith(finding.shouldBe, others);
      const mend = change ? { statements: [change] } : { isByHand: true };
      return [{ ...finding, shouldBe, table, column: column.name, ...mend }];
    });
}

/** A `primary_key` that is still nullable: an interrupted migration has added it and not filled it in. */
function leftOpen({ live, wanted, statements }: Comparison): Step[] {
  const column = live.auth_key && columnOf(live.auth_key, "primary_key");
  if (!column?.isNullable || !wanted.spec.changeColumn) return [];
  return [
    {
      code: "wrong_column",
      level: "error",
      table: "auth_key",
      column: column.name,
      is: `${column.type}, nullable`,
      shouldBe: "a boolean, not null",
      ...(column.hasMore ? { isByHand: true } : { statements: statements.fillIn("auth_key") }),
    },
  ];
}

function missingForeignKey(comparison: Comparison, table: OwnedTable): Step[] {
  const { live, droppedForeignKeys, wanted, statements } = comparison;
  const found = live[table];
  if (!found || !wanted.foreignKeys) return [];
  if (droppedForeignKeys.some((key) => key.table === table)) return [];
  const users = liveNameOf(comparison, "auth_user");
  const isThere = found.foreignKeys.some(
    (key) => key.columns.join() === "user_id" && key.table === users,
  );
  if (isThere) return [];
  const add = statements.addForeignKey(table);
  const mend = add ? { statements: [add], givesForeignKey: [table] } : { isByHand: true };
  const is = "without a foreign key";
  const shouldBe = `one to ${users}; or the option \`foreignKeys: false\` where you want none`;
  const code = "missing_foreign_key";
  return [{ code, level: "warning", table, column: "user_id", is, shouldBe, ...mend }];
}

function missingIndex(
  { live, statements }: Comparison,
  table: OwnedTable,
  columns: readonly string[],
): Step[] {
  const indexes = live[table]?.indexes ?? [];
  if (indexes.some((index) => columns.every((name, place) => index.columns[place] === name)))
    return [];
  const name = statements.indexName(table, columns);
  const isTaken = indexes.some((index) => index.name === name);
  return [
    {
      code: "missing_index",
      level: "warning",
      table,
      column: columns.join(", "),
      shouldBe: "with one, by which its rows are found",
      migration: "0002_indexes",
      ...(isTaken
        ? {
            is: `without an index, as ${name} is another one or not valid: drop that`,
            isByHand: true,
          }
        : { is: "without an index", statements: [statements.createIndex(table, columns)] }),
    },
  ];
}
