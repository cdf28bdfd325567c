import { AUTH_COLUMNS, AUTH_TABLES, type AuthColumn, type AuthTable } from "./auth-tables.js";
import { columnOf, describeColumn, type LiveTables, namesakeOf } from "./comparison.js";
import type { LiveTable } from "./live-tables.js";
import type { Step } from "./step.js";

/** Tables that `migrate` refuses to touch, as it does not understand them: most of all, one of the same name and another purpose. */
export function strangeTables(live: LiveTables): Step[] {
  return AUTH_TABLES.flatMap((table) => {
    const found = live[table];
    if (!found) return [];
    const is = found.otherKind;
    if (is !== undefined)
      return [
        strange(
          table,
          undefined,
          is,
          "a table of this database itself, and no view, nor a temporary or an attached one",
        ),
      ];
    return [
      ...AUTH_COLUMNS[table].flatMap((column) => strangeColumn(table, found, column)),
      ...columnsInTheWay(table, found),
    ];
  });
}

function strangeColumn(table: AuthTable, live: LiveTable, column: AuthColumn): Step[] {
  const { name, type, isAddable = false } = column;
  const shouldBe = describeColumn(column);
  const found = columnOf(live, name);
  const namesake = found ? undefined : namesakeOf(live, name);
  if (namesake !== undefined) return [strange(table, name, `called ${namesake}`, name)];
  if (!found) return isAddable ? [] : [strange(table, name, "missing", shouldBe)];
  if (!found.fits.includes(type === "id" ? "text" : type)) {
    return [strange(table, name, found.type, shouldBe)];
  }
  if (found.isGenerated) return [strange(table, name, `${found.type}, generated`, shouldBe)];
  const isUnique = live.indexes.some(
    (index) => index.isUnique && index.columns.length === 1 && index.columns[0] === name,
  );
  return name === "id" && !isUnique
    ? [strange(table, name, "neither the primary key nor unique", "the primary key")]
    : [];
}

/** Columns without which no row can be inserted. Those of users are the app's affair. */
function columnsInTheWay(table: AuthTable, live: LiveTable): Step[] {
  if (table === "auth_user") return [];
  const known = AUTH_COLUMNS[table].map(({ name }) => name);
  return live.columns
    .filter(
      ({ name, isNullable, hasDefault }) => !known.includes(name) && !isNullable && !hasDefault,
    )
    .map(({ name, type }) =>
      strange(
        table,
        name,
        `${type} not null`,
        "nullable, or with a default: rows are stored without it",
      ),
    );
}

function strange(table: AuthTable, column: string | undefined, is: string, shouldBe: string): Step {
  return {
    code: "other_table",
    level: "error",
    table,
    ...(column !== undefined && { column }),
    is,
    shouldBe,
    isByHand: true,
  };
}
