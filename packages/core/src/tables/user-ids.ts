import {
  AUTH_COLUMNS,
  AUTH_TABLES,
  type AuthColumn,
  type AuthTable,
  OWNED_TABLES,
} from "./auth-tables.js";
import { type Comparison, columnOf, misfit } from "./comparison.js";
import type { Step } from "./step.js";

/**
 * The columns with ids of users, where they are too short or compare otherwise. Both ends of a foreign key have one
 * type on MySQL: they are changed together, without the foreign keys, and by hand where an app has more of those.
 */
export function userIds(comparison: Comparison): Step[] {
  const { live, wanted } = comparison;
  const columns = AUTH_TABLES.flatMap((table) => {
    const name = table === "auth_user" ? "id" : "user_id";
    const column = AUTH_COLUMNS[table].find((one) => one.name === name);
    const found = live[table] && columnOf(live[table], name);
    return found && column ? [{ table, column, found }] : [];
  });
  const longest = live.auth_user && columnOf(live.auth_user, "id")?.maxLength;
  const findings = columns.flatMap(({ table, column, found }) => {
    const minLength = Math.max(longest ?? 0, column.minLength ?? 0);
    const finding = misfit(found, { ...column, minLength });
    return finding ? [{ table, column: column.name, ...finding }] : [];
  });
  if (findings.length === 0) return [];

  const own = OWNED_TABLES.map((table) => `${wanted.names.nameOf(table)}.user_id`);
  const others = live.auth_user?.referencedBy.filter((column) => !own.includes(column)) ?? [];
  const statements = others.length === 0 && changeTogether(comparison, columns);
  const together = others.length === 0 ? "" : `, together with ${others.join(", ")}`;
  return findings.map((finding, index) => ({
    ...finding,
    shouldBe: `${finding.shouldBe}${together}`,
    ...(statements ? index === 0 && statements : { isByHand: true }),
  }));
}

type Columns = readonly { table: AuthTable; column: AuthColumn }[];

/** False where the database cannot change columns. */
function changeTogether(
  { live, statements }: Comparison,
  columns: Columns,
): Required<Pick<Step, "statements" | "givesForeignKey">> | false {
  const changes = columns.map(({ table, column }) => statements.changeColumn(table, column));
  if (changes.includes(undefined)) return false;
  const foreignKeys = OWNED_TABLES.flatMap((table) =>
    (live[table]?.foreignKeys ?? [])
      .filter(({ columns }) => columns.includes("user_id"))
      .map((key) => ({ table, key })),
  );
  return {
    statements: [
      ...foreignKeys.map(({ table, key }) => statements.dropForeignKey(table, key.name)),
      ...changes.filter((change) => change !== undefined),
      ...foreignKeys.map(({ table, key }) => statements.restoreForeignKey(table, key)),
    ],
    givesForeignKey: foreignKeys.map(({ table }) => table),
  };
}
