import type { AnyKysely } from "../executor.js";
import { OWNED_TABLES, type OwnedTable } from "./auth-tables.js";
import type { LiveForeignKey } from "./live-tables.js";
import type { WantedTables } from "./wanted-tables.js";

/** Has the foreign keys that are dropped while the columns of users' ids are changed, and is there for that long. */
export const KEYS_ON_HOLD = "kysely_lucia_foreign_key";

/** A foreign key of `user_id` to the table of users. */
export interface OwnedKey extends Pick<LiveForeignKey, "name" | "onDelete" | "onUpdate"> {
  readonly table: OwnedTable;
}

/** What a migration that was broken off has left to be added again. */
export async function readKeysOnHold(
  db: AnyKysely,
  { spec, names }: WantedTables,
): Promise<readonly OwnedKey[]> {
  if (!spec.freezesForeignKeys) return [];
  const [notes] = await spec.inspectTables(db, [{ schema: undefined, name: KEYS_ON_HOLD }]);
  if (!notes) return [];
  const rows = await db.selectFrom(KEYS_ON_HOLD).selectAll().execute();
  return rows.flatMap(({ table_name, name, on_delete, on_update }) => {
    const table = OWNED_TABLES.find((known) => names.nameOf(known) === table_name);
    return table ? [{ table, name, onDelete: on_delete, onUpdate: on_update }] : [];
  });
}
