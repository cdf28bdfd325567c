import { type AuthDatabase, kyselyLucia, schema } from "@kysely-lucia/sqlite";
import SQLite from "better-sqlite3";
import { CamelCasePlugin, Kysely, type KyselyPlugin, SqliteDialect } from "kysely";
import lucia from "lucia-auth";
import { describe, expect, onTestFinished, test } from "vitest";
import { outcomeOf } from "../src/scenarios/scenario.js";
import type { Wiring } from "../src/wirings/wiring.js";
import { adapterByHand } from "./support/adapter-by-hand.js";

/** Takes no time, unlike a real one, which is not at issue here. */
const hash = {
  generate: (password: string) => `hash of ${password}`,
  validate: (password: string, stored: string) => stored === `hash of ${password}`,
};

type Auth = Pick<Wiring["auth"], "createUser" | "useKey" | "createSession" | "validateSession">;

/** Ours, for an app with the plugin, on a database with the auth tables. */
async function startOurs() {
  const database = new SQLite(":memory:");
  const ours = kyselyLucia({
    database,
    schema: schema<AuthDatabase>(),
    lucia: { env: "DEV", hash },
    kysely: { plugins: [new CamelCasePlugin()] },
  });
  onTestFinished(ours.close);
  await ours.migrate();
  return { ...ours, database };
}

/** Lucia on a Kysely with these plugins, in the place of ours. */
async function startByHand(plugins: KyselyPlugin[]) {
  const { database } = await startOurs();
  const db = new Kysely<AuthDatabase>({ dialect: new SqliteDialect({ database }), plugins });
  return { database, auth: lucia({ adapter: adapterByHand(db), env: "DEV", hash }) };
}

/** Signs in with a right and a wrong password, and asks with a session that is valid and over. */
async function signIn({ auth, database }: { auth: Auth; database: SQLite.Database }) {
  const { userId } = await auth.createUser({
    primaryKey: { providerId: "name", providerUserId: "ada", password: "correct horse" },
    attributes: {},
  });
  const rightPassword = (await auth.useKey("name", "ada", "correct horse")).userId === userId;
  const wrongPassword = await outcomeOf(auth.useKey("name", "ada", "wrong horse"));
  const { sessionId } = await auth.createSession(userId);
  const session = (await auth.validateSession(sessionId)).userId === userId;
  database.exec("UPDATE auth_session SET active_expires = 0, idle_expires = 0");
  const sessionThatIsOver = await outcomeOf(auth.validateSession(sessionId));
  return { rightPassword, wrongPassword, session, sessionThatIsOver };
}

const right = {
  rightPassword: true,
  wrongPassword: "AUTH_INVALID_PASSWORD",
  session: true,
  sessionThatIsOver: "AUTH_INVALID_SESSION_ID",
};

describe("D19 CamelCasePlugin renames the auth columns under Lucia", () => {
  test("by hand: without plugins, an adapter over the app's Kysely works", async () => {
    expect(await signIn(await startByHand([]))).toEqual(right);
  });

  test("by hand: with the plugin any password signs in, as nobody, for ever", async () => {
    expect(await signIn(await startByHand([new CamelCasePlugin()]))).toEqual({
      rightPassword: false,
      wrongPassword: "done",
      session: false,
      sessionThatIsOver: "done",
    });
  });

  test("ours: the plugin is for the app's queries only", async () => {
    const ours = await startOurs();
    expect(await signIn(ours)).toEqual(right);
    const key = await ours.db.selectFrom("auth_key").selectAll().executeTakeFirstOrThrow();
    expect(key).toMatchObject({ id: "name:ada", primaryKey: 1 });
  });
});
