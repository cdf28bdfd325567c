import type { AnyKysely, SchemaFinding } from "@kysely-lucia/core";
import { sql } from "kysely";

/** Whether the database can hold, and be asked for, every text that a form can bring. */
export async function checkSettings(db: AnyKysely): Promise<SchemaFinding[]> {
  const { rows } = await sql<{ encoding: string }>`
    select getdatabaseencoding() as encoding
  `.execute(db);
  const encoding = rows[0]?.encoding;
  if (encoding === "UTF8") return [];
  return [
    {
      code: "setting",
      level: "warning",
      is: `in a database with the encoding ${encoding}`,
      shouldBe:
        "in one with UTF8: whoever asks for an id with other characters gets an error, which ends the transaction that " +
        "it is asked in",
      sql: ["create database new_database encoding 'UTF8' template template0"],
      isByHand: true,
    },
  ];
}
