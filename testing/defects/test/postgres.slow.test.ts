import { type AuthDatabase, kyselyLucia, schema } from "@kysely-lucia/postgres";
import { type Server, startPostgres } from "@kysely-lucia/services";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, expect, expectTypeOf, test } from "vitest";
import { provisionPostgres } from "../src/provision/postgres.js";
import { byHandPostgres } from "../src/wirings/by-hand-postgres.js";
import { oursPostgres } from "../src/wirings/ours-postgres.js";
import type { UserAttributes } from "../src/wirings/wiring.js";
import { type DocumentedTables, storeIntegers } from "./support/integers.js";
import { moreThan, proveDefects } from "./support/prove-defects.js";

let server: Server;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const provision = () => provisionPostgres(server.url);

const INVALID_BYTES = "22021";
const TOO_LONG_FOR_INDEX = "54000";

proveDefects({
  database: "postgres",
  provision,
  byHand: byHandPostgres,
  ours: oursPostgres,

  shownByHand: {
    D1a: { outcome: "failed", observation: { answeredSignUps: 9, ownQuery: "no answer" } },
    D1b: { outcome: "failed", observation: { answeredSignUps: 0, ownQuery: "no answer" } },
    D3: {
      outcome: "failed",
      observation: {
        addressTaken: "AUTH_DUPLICATE_KEY_ID",
        usersWithoutKey: 1,
        sameNameAgain: "23505",
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
    D12: {
      outcome: "crashed",
      stderr: expect.stringContaining("canceling statement due to lock timeout"),
    },
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
        useKeyNul: INVALID_BYTES,
        validateSessionNul: INVALID_BYTES,
        getUserNul: INVALID_BYTES,
        createKeyNul: INVALID_BYTES,
        createUserNul: INVALID_BYTES,
        createKeySurrogate: "done",
        createUserSurrogate: "done",
        signInWithOtherSurrogate: "done",
        createKeyLong: TOO_LONG_FOR_INDEX,
        createUserLong: TOO_LONG_FOR_INDEX,
        storedKeys: 2,
        storedUsers: 4,
      },
    },
    // The first error of either scenario, or else the second one.
    D23a: {
      outcome: "crashed",
      stderr: expect.stringMatching(/LuciaError: AUTH_INVALID_USER_ID|due to lock timeout/),
    },
    D23b: {
      outcome: "crashed",
      stderr: expect.stringMatching(/constraint "auth_user_username_key"|due to lock timeout/),
    },
  },
});

test("D17 the integers of the auth tables are typed as what arrives", async () => {
  const { location, remove } = await provision();
  const pool = new pg.Pool({ connectionString: location });
  const ours = kyselyLucia({
    pool,
    schema: schema<AuthDatabase<UserAttributes>>(),
    lucia: { env: "DEV" },
  });
  await storeIntegers(ours);

  const session = await ours.db.selectFrom("auth_session").selectAll().executeTakeFirstOrThrow();
  expectTypeOf(session.active_expires).toEqualTypeOf<string>();
  expectTypeOf(session.idle_expires).toEqualTypeOf<string>();
  expect(session).toMatchObject({
    active_expires: expect.any(String),
    idle_expires: expect.any(String),
  });

  const key = await ours.db.selectFrom("auth_key").selectAll().executeTakeFirstOrThrow();
  expectTypeOf(key.primary_key).toEqualTypeOf<boolean>();
  expectTypeOf(key.expires).toEqualTypeOf<string | null>();
  expect(key).toMatchObject({ primary_key: false, expires: expect.any(String) });

  const byHand = new Kysely<DocumentedTables<boolean>>({ dialect: new PostgresDialect({ pool }) });
  const { active_expires } = await byHand
    .selectFrom("auth_session")
    .select("active_expires")
    .executeTakeFirstOrThrow();
  // Neither of the two arrives.
  expectTypeOf(active_expires).toEqualTypeOf<bigint | number>();
  expect(active_expires).toBe(session.active_expires);

  await ours.close();
  await remove();
});
