import type { AnyKysely, SchemaFinding } from "@kysely-lucia/core";
import { sql } from "kysely";

/** Whether the database has been told, since the pool was opened, to let foreign keys be. */
export async function checkSettings(db: AnyKysely): Promise<SchemaFinding[]> {
  const { rows } = await sql<{ isOn: unknown }>`
    select foreign_keys as "isOn" from pragma_foreign_keys
  `.execute(db);
  if (Number(rows[0]?.isOn) === 1) return [];
  return [
    {
      code: "setting",
      level: "warning",
      is: "told not to check foreign keys",
      shouldBe:
        "told to check them: they keep the app's own statements from leaving rows without a user",
      sql: ["pragma foreign_keys = on"],
      isByHand: true,
    },
  ];
}
