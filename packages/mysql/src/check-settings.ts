import type { AnyKysely, SchemaFinding } from "@kysely-lucia/core";
import { sql } from "kysely";

/** Settings of this connection, and so most likely of all of them, that let the server store what it should refuse. */
export async function checkSettings(db: AnyKysely): Promise<SchemaFinding[]> {
  const { rows } = await sql<{ mode: string; checks: unknown }>`
    select @@sql_mode as mode, @@foreign_key_checks as checks
  `.execute(db);
  const [settings] = rows;
  const findings: SchemaFinding[] = [];
  if (!/STRICT_(TRANS|ALL)_TABLES/.test(settings?.mode ?? "")) {
    findings.push({
      code: "setting",
      level: "warning",
      is: "in an SQL mode that is not strict",
      shouldBe:
        "in a strict one: without it the server cuts what does not fit a column, without an error",
      sql: ["set global sql_mode = concat_ws(',', @@global.sql_mode, 'STRICT_TRANS_TABLES')"],
      isByHand: true,
    });
  }
  if (Number(settings?.checks) !== 1) {
    findings.push({
      code: "setting",
      level: "warning",
      is: "told not to check foreign keys",
      shouldBe:
        "told to check them: they keep the app's own statements from leaving rows without a user",
      sql: ["set global foreign_key_checks = 1"],
      isByHand: true,
    });
  }
  return findings;
}
