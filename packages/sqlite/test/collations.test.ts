import SQLite from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { kyselyLucia } from "../src/index.js";
import { options } from "./support/notes-app.js";

/** Tables as Lucia 1.x documents them, in columns that take upper for lower case. */
const NOCASE = `
  create table auth_user (id varchar(31) collate nocase not null primary key, username varchar(31) not null unique);
  create table auth_key (id varchar(255) collate nocase not null primary key, user_id varchar(31) collate nocase not null,
    primary_key int not null, hashed_password varchar(255), expires bigint, foreign key (user_id) references auth_user(id));
  create table auth_session (id varchar(127) collate nocase not null primary key, user_id varchar(31) collate nocase not null,
    active_expires bigint not null, idle_expires bigint not null, foreign key (user_id) references auth_user(id));`;

test("D6: ids are compared byte by byte, also in columns that take upper for lower case", async () => {
  const database = new SQLite(":memory:");
  database.exec(NOCASE);
  const lucia = { ...options.lucia, generateCustomUserId: () => "ada-lovelace" };
  const { auth, close, migrate } = kyselyLucia({ ...options, lucia, database });
  onTestFinished(() => close());
  await migrate();
  const { userId } = await auth.createUser({
    primaryKey: { providerId: "idp", providerUserId: "aBcD", password: null },
    attributes: { username: "ada" },
  });
  const { sessionId } = await auth.createSession(userId);
  const otherCase = sessionId.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );

  await expect(auth.useKey("idp", "abcd", null)).rejects.toThrow("AUTH_INVALID_KEY_ID");
  await expect(auth.validateSession(otherCase)).rejects.toThrow("AUTH_INVALID_SESSION_ID");
  await expect(auth.getUser("Ada-Lovelace")).rejects.toThrow("AUTH_INVALID_USER_ID");
  await auth.deleteKey("idp", "ABCD");
  await auth.invalidateSession(otherCase);
  await auth.deleteUser("ADA-LOVELACE");

  expect(await auth.useKey("idp", "aBcD", null)).toMatchObject({ userId });
  expect(await auth.validateSession(sessionId)).toMatchObject({ sessionId });
});
