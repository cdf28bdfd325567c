import type { AnyKysely } from "../executor.js";
import { OWNED_TABLES, type OwnedTable } from "./auth-tables.js";
import type { LiveForeignKey } from "./live-tables.js";
import type { WantedTables } from "./wanted-tables.js";

/**
 * The table with the foreign keys that are dropped while the columns of users' ids are changed. It is there for that long; apps
 * with other names for their tables have one each.
 */
export function droppedForeignKeysTable({ names }: Pick<WantedTables, "names">): string {
  return `kysely_lucia_${names.nameOf("auth_user")}_foreign_key`;
}

/** A foreign key of `user_id` to the table of users. */
export interface OwnedForeignKey extends Pick<LiveForeignKey, "name" | "onDelete" | "onUpdate"> {
  readonly table: OwnedTable;
}

/** What a migration that was broken off has left to be added again. Undefined where there is no such table. */
export async function readDroppedForeignKeys(
  db: AnyKysely,
  wanted: WantedTables,
): Promise<readonly OwnedForeignKey[] | undefined> {
  const { spec, names } = wanted;
  if (!spec.freezesForeignKeys) return undefined;
  const name = droppedForeignKeysTable(wanted);
  const [notes] = await spec.inspectTables(db, [{ schema: undefined, name }]);
  if (!notes) return undefined;
  const rows = await db.selectFrom(name).selectAll().execute();
  return rows.flatMap(({ table_name, name, on_delete, on_update }) => {
    const table = OWNED_TABLES.find((known) => names.nameOf(known) === table_name);
    return table ? [{ table, name, onDelete: on_delete, onUpdate: on_update }] : [];
  });
}
