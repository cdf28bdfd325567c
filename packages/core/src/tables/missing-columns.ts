import { type ColumnDefinitionNode, RawNode } from "kysely";
import { AUTH_COLUMNS, type AuthTable } from "./auth-tables.js";
import { type Comparison, columnOf, describeColumn, namesakeOf } from "./comparison.js";
import type { Step } from "./step.js";

/** Tables of early versions lack some. What `primary_key` is filled in with depends on `expires`. */
export function missingColumns({ live, statements }: Comparison, table: AuthTable): Step[] {
  const found = live[table];
  if (!found) return [];
  return AUTH_COLUMNS[table]
    .filter(({ name }) => !columnOf(found, name))
    .toReversed()
    .map((column) => ({
      code: "missing_column",
      level: "error",
      table,
      column: column.name,
      is: "missing",
      shouldBe: describeColumn(column),
      statements: statements.addColumn(table, column, found.addedTypes),
    }));
}

/** What the app has added to `userColumns` since the table was created. */
export function missingUserColumns({ live, hasUsers, statements }: Comparison): Step[] {
  const users = live.auth_user;
  if (!users) return [];
  return statements.userColumns
    .filter((column) => !columnOf(users, column.column.column.name))
    .map((column) => {
      const { name } = column.column.column;
      const namesake = namesakeOf(users, name);
      const finding = {
        code: "missing_column",
        level: "error",
        table: "auth_user",
        column: name,
        is: namesake === undefined ? "missing" : `called ${namesake}`,
      } as const;
      if (namesake !== undefined) return { ...finding, shouldBe: name, isByHand: true };
      if (statements.isInConstraint(column)) {
        return { ...finding, shouldBe: CONSTRAINED, isByHand: true };
      }
      const isByHand = needsValues(column) || (hasUsers && isComputed(column.defaultTo));
      return isByHand
        ? { ...finding, shouldBe: FILLED_IN, isByHand }
        : {
            ...finding,
            shouldBe: "there, as `userColumns` says",
            statements: statements.addUserColumn(column),
          };
    });
}

const CONSTRAINED =
  "there, and in a constraint of the table, as `userColumns` says: constraints of a table are only made together with it. Add both with " +
  "`db.schema.alterTable`; or let the column have it, as in `addColumn(name, type, (column) => column.unique())`";

const FILLED_IN =
  "there, with values for the users that are there: `userColumns` has it as not null and without a default, or with one that is " +
  "computed, where the database takes none for rows that are there. Add it nullable with `db.schema.alterTable`, fill it in, and make it not null";

function needsValues({
  notNull,
  defaultTo,
  generated,
  autoIncrement,
  identity,
}: ColumnDefinitionNode) {
  return notNull && !defaultTo && !generated && !autoIncrement && !identity;
}

/** Whether a default differs from row to row, or may, as `current_timestamp` does: SQLite gives none to rows that are there. */
function isComputed(defaultTo: ColumnDefinitionNode["defaultTo"]): boolean {
  const node = defaultTo?.defaultValue;
  return node !== undefined && RawNode.is(node) && /\(|current_/i.test(node.sqlFragments.join(""));
}
