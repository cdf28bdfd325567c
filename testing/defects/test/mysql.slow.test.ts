import { type AuthDatabase, kyselyLucia, schema } from "@kysely-lucia/mysql";
import { type Server, startMariadb } from "@kysely-lucia/services";
import { Kysely, MysqlDialect } from "kysely";
import { createPool } from "mysql2";
import { afterAll, beforeAll, expect, expectTypeOf, test } from "vitest";
import { provisionMysql } from "../src/provision/mysql.js";
import { byHandMysql } from "../src/wirings/by-hand-mysql.js";
import { oursMysql } from "../src/wirings/ours-mysql.js";
import type { UserAttributes } from "../src/wirings/wiring.js";
import { type DocumentedTables, storeIntegers } from "./support/integers.js";
import { moreThan, proveDefects } from "./support/prove-defects.js";

let server: Server;
beforeAll(async () => {
  server = await startMariadb();
});
afterAll(() => server.stop());

const provision = () => provisionMysql(server.url);

proveDefects({
  database: "mysql",
  provision,
  byHand: byHandMysql,
  ours: oursMysql,

  shownByHand: {
    D2a: { outcome: "failed", observation: { answeredSignUps: 9, ownQuery: "no answer" } },
    D2b: { outcome: "failed", observation: { answeredSignUps: 0, ownQuery: "no answer" } },
    D3: {
      outcome: "failed",
      observation: {
        addressTaken: "AUTH_DUPLICATE_KEY_ID",
        usersWithoutKey: 1,
        sameNameAgain: "ER_DUP_ENTRY",
      },
    },
    D5: { outcome: "failed", observation: { signUp: "done", ownQuery: "no answer" } },
    D6: {
      outcome: "failed",
      observation: {
        signInAsOther: "done",
        keyOfOther: "done",
        newPasswordForOther: "done",
        passwordOfOther: "AUTH_INVALID_PASSWORD",
        keysOfOther: 1,
        sessionOfOther: "done",
        sessionsOfOther: 0,
        userByLikeness: "done",
      },
    },
    D7: {
      outcome: "failed",
      observation: {
        emptyAtSignUp: "done",
        anyPasswordThen: "done",
        emptyForNewKey: "done",
        emptyForChange: "done",
        formerPasswordThen: "AUTH_INVALID_PASSWORD",
        anyPasswordForKeyWithout: "done",
        emptyForKeyWithout: "done",
        missingForKeyWithout: "done",
        nullForKeyWithout: "done",
      },
    },
    D8: {
      outcome: "failed",
      observation: { usesWithPassword: moreThan(1), usesWithout: moreThan(10), usesAfter: 0 },
    },
    D9: {
      outcome: "failed",
      observation: {
        validateDuringFault: "done",
        validateUserDuringFault: "done",
        cookiesCleared: 2,
        signedInAfterwards: false,
      },
    },
    D11: {
      outcome: "failed",
      observation: { ownHash: "AUTH_INVALID_PASSWORD", hashOfLucia: "AUTH_INVALID_PASSWORD" },
    },
    D12: { outcome: "crashed", stderr: expect.stringContaining("Lock wait timeout exceeded") },
    D13: {
      outcome: "failed",
      observation: {
        userIdTaken: "AUTH_DUPLICATE_KEY_ID",
        usernameTaken: "AUTH_DUPLICATE_KEY_ID",
        keyTaken: "AUTH_DUPLICATE_KEY_ID",
      },
    },
    D18: { outcome: "failed", observation: { openBefore: true, openAfter: true } },
    D20: { outcome: "failed", observation: { rightPassword: "AUTH_OUTDATED_PASSWORD" } },
    D22a: {
      outcome: "failed",
      observation: {
        createKeySurrogate: "done",
        createUserSurrogate: "done",
        signInWithOtherSurrogate: "done",
        createKeyLong: "ER_DATA_TOO_LONG",
        createUserLong: "ER_DATA_TOO_LONG",
        useKeyLongAfterwards: "AUTH_INVALID_KEY_ID",
        storedKeys: 4,
        storedUsers: 4,
      },
    },
    D22b: {
      outcome: "failed",
      observation: {
        createKeyLong: "done",
        createUserLong: "done",
        useKeyLongAfterwards: "AUTH_INVALID_KEY_ID",
        storedKeys: 6,
        storedUsers: 4,
      },
    },
    // The first error of either scenario, or else the second one.
    D23a: {
      outcome: "crashed",
      stderr: expect.stringMatching(/LuciaError: AUTH_INVALID_USER_ID|Lock wait timeout exceeded/),
    },
    D23b: {
      outcome: "crashed",
      stderr: expect.stringMatching(/Duplicate entry 'ada' for key|Lock wait timeout exceeded/),
    },
  },
});

test("D17 the integers of the auth tables are typed as what arrives", async () => {
  const { location, remove } = await provision();
  const pool = createPool(location);
  const ours = kyselyLucia({
    pool,
    schema: schema<AuthDatabase<UserAttributes>>(),
    lucia: { env: "DEV" },
  });
  await storeIntegers(ours);

  const session = await ours.db.selectFrom("auth_session").selectAll().executeTakeFirstOrThrow();
  expectTypeOf(session.active_expires).toEqualTypeOf<number>();
  expectTypeOf(session.idle_expires).toEqualTypeOf<number>();
  expect(session).toMatchObject({
    active_expires: expect.any(Number),
    idle_expires: expect.any(Number),
  });

  const key = await ours.db.selectFrom("auth_key").selectAll().executeTakeFirstOrThrow();
  expectTypeOf(key.primary_key).toEqualTypeOf<number>();
  expectTypeOf(key.expires).toEqualTypeOf<number | null>();
  expect(key).toMatchObject({ primary_key: 0, expires: expect.any(Number) });

  const byHand = new Kysely<DocumentedTables<number>>({ dialect: new MysqlDialect({ pool }) });
  const { active_expires } = await byHand
    .selectFrom("auth_session")
    .select("active_expires")
    .executeTakeFirstOrThrow();
  expect(active_expires).toBe(session.active_expires);
  // @ts-expect-error It is a number, but its type forbids to reckon with it.
  expect(active_expires + 1).toBe(session.active_expires + 1);

  await ours.close();
  await remove();
});
