import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { atOnce, expectCode } from "../support/calls.js";
import { key } from "../support/failing-calls.js";
import { signUp } from "../support/fixtures.js";

/** Databases such as Vitess have no foreign keys: nothing may rely on them. */
export function withoutForeignKeysTests({ harness, createDatabase }: Context): void {
  const { idType } = harness;
  const tables = [
    `create table auth_user (id ${idType} not null primary key,
       username varchar(255) not null unique, nickname varchar(255))`,
    `create table auth_session (id ${idType} not null primary key, user_id ${idType} not null,
       active_expires bigint not null, idle_expires bigint not null)`,
    `create table auth_key (id ${idType} not null primary key, user_id ${idType} not null,
       primary_key boolean not null, hashed_password varchar(255), expires bigint)`,
  ];
  const startWithout = async () => {
    const { raw, open } = await createDatabase();
    for (const sql of tables) await raw.run(sql);
    return { ...(await open()).instance, raw };
  };

  describe("without foreign keys", () => {
    test("a missing user is found all the same, and nothing is stored", async () => {
      const { auth, raw } = await startWithout();
      await expectCode(auth.createSession("nobody"), "AUTH_INVALID_USER_ID");
      const missing = auth.createKey("nobody", { type: "persistent", ...key });
      await expectCode(missing, "AUTH_INVALID_USER_ID");
      expect(await raw.rows("auth_session")).toEqual([]);
      expect(await raw.rows("auth_key")).toEqual([]);
    });

    test("a sign-up with a key that is taken leaves nothing behind", async () => {
      const { auth, raw } = await startWithout();
      await signUp({ auth }, "ada");
      const taken = auth.createUser({ primaryKey: key, attributes: { username: "eve" } });
      await expectCode(taken, "AUTH_DUPLICATE_KEY_ID");
      expect(await raw.rows("auth_user")).toHaveLength(1);
      expect(await raw.rows("auth_key")).toHaveLength(1);
    });

    test("sign-ups at once with one key: one user, one key", async () => {
      const { auth, raw } = await startWithout();
      const { fulfilled, errors } = await atOnce(10, (index) =>
        auth.createUser({ primaryKey: key, attributes: { username: `user ${index}` } }),
      );
      expect(fulfilled).toHaveLength(1);
      expect(errors).toEqual(Array(9).fill("Error: AUTH_DUPLICATE_KEY_ID"));
      expect(await raw.rows("auth_user")).toHaveLength(1);
      expect(await raw.rows("auth_key")).toMatchObject([{ user_id: fulfilled[0]?.userId }]);
    });

    test("a user that is deleted while it signs in leaves nothing behind", async () => {
      const { auth, raw } = await startWithout();
      const { userId } = await signUp({ auth }, "ada");
      const { errors } = await atOnce(10, async (index) => {
        if (index === 5) await auth.deleteUser(userId);
        else await auth.createSession(userId);
      });
      expect(new Set(errors).size).toBeLessThanOrEqual(1);
      for (const error of errors) expect(error).toBe("Error: AUTH_INVALID_USER_ID");
      for (const table of ["auth_user", "auth_session", "auth_key"] as const) {
        expect(await raw.rows(table)).toEqual([]);
      }
    });
  });

  describe("with foreign keys", () => {
    test("a user that is deleted while it signs in is no error of the database's", async () => {
      const { raw, open } = await createDatabase();
      const { auth, migrate } = (await open()).instance;
      await migrate();
      for (let round = 0; round < 5; round += 1) {
        const { userId } = await signUp({ auth }, "ada");
        const { errors } = await atOnce(10, async (index) => {
          if (index === round) await auth.deleteUser(userId);
          else await auth.createSession(userId);
        });
        for (const error of errors) expect(error).toBe("Error: AUTH_INVALID_USER_ID");
      }
      expect(await raw.rows("auth_user")).toEqual([]);
      expect(await raw.rows("auth_session")).toEqual([]);
    });
  });
}
