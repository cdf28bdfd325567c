import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { signUp } from "../support/fixtures.js";

/** What `checkSchema` finds in live tables. */
export function checkSchemaTests({ createDatabase, harness, start }: Context): void {
  /** Names as the tests have them, whatever this variant calls the tables. */
  const findings = async ({
    checkSchema,
  }: Pick<Awaited<ReturnType<typeof start>>, "checkSchema">) =>
    (await checkSchema()).map(({ table = "", ...finding }) => ({
      ...finding,
      table: table.replace("my_", ""),
    }));

  describe("checkSchema", () => {
    test("has nothing to say of tables that migrate has created, empty or in use", async () => {
      const started = await start();
      expect(await started.checkSchema()).toEqual([]);
      const { userId } = await signUp(started, "ada");
      await started.auth.createSession(userId);
      expect(await started.checkSchema()).toEqual([]);
    });

    test("finds each table that is missing, with the statement that creates it, and creates nothing", async () => {
      const { raw, open } = await createDatabase();
      const { instance } = await open();
      const missing = (await findings(instance)).filter(({ is }) => is === "missing");
      expect(missing.map(({ level, table }) => `${level}: ${table}`)).toEqual([
        "error: auth_user",
        "error: auth_session",
        "error: auth_key",
      ]);
      for (const finding of missing) expect(finding.sql.join()).toMatch(/^create table/);
      expect(await raw.tables()).toEqual([]);
    });

    test("finds indexes that are missing, and its statements make them", async () => {
      const { raw, open } = await createDatabase();
      await raw.run(
        `create table auth_user (id ${harness.idType} not null primary key, username varchar(255), nickname varchar(255))`,
      );
      await raw.run(
        `create table auth_session (id ${harness.idType} not null primary key, user_id ${harness.idType} not null,
           active_expires bigint not null, idle_expires bigint not null, foreign key (user_id) references auth_user (id))`,
      );
      const { instance } = await open();
      const found = (await findings(instance)).filter(({ table }) => table === "auth_session");
      expect(found).toMatchObject([
        { level: "warning", column: "user_id, idle_expires", is: "without an index" },
        { level: "warning", column: "idle_expires", is: "without an index" },
      ]);
      for (const statement of found.flatMap((one) => one.sql)) {
        await sql.raw(statement).execute(instance.db);
      }
      expect((await findings(instance)).filter(({ table }) => table === "auth_session")).toEqual(
        [],
      );
    });
  });
}
