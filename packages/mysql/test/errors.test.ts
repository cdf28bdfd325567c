import { rejectionOf } from "@kysely-lucia/conformance";
import type { TestDatabase } from "@kysely-lucia/services";
import { type Connection, createConnection, type RowDataPacket } from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { classifyError, hideValues, isUniqueViolation } from "../src/errors.js";
import { createDatabase } from "./support/database.js";
import {
  createTables,
  deadlock,
  failing,
  lockWaitTimeout,
  lostConnection,
} from "./support/real-errors.js";

const COLUMNS = [
  "auth_user.id",
  "auth_user.username",
  "auth_user.email",
  "auth_user.one_address_each",
  "auth_user.PRIMARY",
  "auth_key.user_id",
  "username",
  "",
];

let database: TestDatabase;
let connection: Connection;

beforeAll(async () => {
  database = await createDatabase();
  connection = await createConnection(database.url);
  await createTables(connection);
});

afterAll(async () => {
  await connection.end();
  await database.drop();
});

const violated = (error: unknown) =>
  COLUMNS.filter((column) => isUniqueViolation(error, column as never));

test("a column is asked for with its table", () => {
  // @ts-expect-error the table is missing
  expect(isUniqueViolation(undefined, "username")).toBe(false);
});

describe("errors as the server sends them", () => {
  test.each([
    ["duplicate user id", "other", ["auth_user.id", "auth_user.PRIMARY"]],
    ["duplicate name", "other", ["auth_user.username", "username"]],
    ["duplicate name that contains PRIMARY", "other", ["auth_user.username", "username"]],
    ["duplicate in an index with a name of its own", "other", ["auth_user.one_address_each"]],
    ["missing user", "other", []],
    ["user that is needed", "other", []],
    ["missing value", "other", []],
    ["missing table", "undefined_object", []],
    ["missing column", "undefined_object", []],
    ["missing column of an insert", "undefined_object", []],
    ["index that is there", "name_taken", []],
    ["bad syntax", "other", []],
  ] as const)("%s is %s", async (name, kind, columns) => {
    const error = await rejectionOf(connection.query(failing[name]));
    expect(classifyError(error)).toBe(kind);
    expect(violated(error)).toEqual(columns);
  });

  test("duplicate key", async () => {
    const error = await rejectionOf(connection.query(failing["duplicate key"]));
    expect(isUniqueViolation(error, "auth_key.id")).toBe(true);
    expect(isUniqueViolation(error, "auth_key.user_id")).toBe(false);
  });

  test.each([
    ["deadlock", deadlock, 1213, "serialization_failure"],
    // The transaction goes on, and has waited long enough.
    ["lock wait timeout", lockWaitTimeout, 1205, "lock_timeout"],
    ["lost connection", lostConnection, undefined, "other"],
  ])("%s", async (_, provoke, errno, kind) => {
    const error = await provoke(database.url);
    expect(error).toBeInstanceOf(Error);
    if (errno) expect(error).toMatchObject({ errno });
    expect(classifyError(error)).toBe(kind);
    expect(violated(error)).toEqual([]);
  });
});

test("a duplicate is told whatever language the server speaks", async () => {
  const german = await createConnection(database.url);
  try {
    const [languages] = await german.query<RowDataPacket[]>("show variables like 'lc_messages'");
    expect(languages).toHaveLength(1);
    const said = new Set<string>();
    for (const language of LANGUAGES) {
      await german.query("set lc_messages = ?", [language]);
      const name = await rejectionOf(german.query(failing["duplicate name that contains PRIMARY"]));
      said.add(String(name));
      expect(isUniqueViolation(name, "auth_user.username"), language).toBe(true);
      expect(isUniqueViolation(name, "auth_user.id"), language).toBe(false);
      const key = await rejectionOf(german.query(failing["duplicate key"]));
      expect(isUniqueViolation(key, "auth_key.id"), language).toBe(true);
      expect(classifyError(await rejectionOf(german.query(failing["missing table"])))).toBe(
        "undefined_object",
      );
    }
    // They would all be the same where the server has English only.
    expect(said.size).toBeGreaterThan(LANGUAGES.length / 2);
  } finally {
    await german.end();
  }
});

/** Those that MariaDB has messages in. */
const LANGUAGES = [
  "bg_BG",
  "cs_CZ",
  "da_DK",
  "de_DE",
  "el_GR",
  "en_US",
  "es_ES",
  "et_EE",
  "fr_FR",
  "hi_IN",
  "hu_HU",
  "it_IT",
  "ja_JP",
  "ko_KR",
  "nl_NL",
  "no_NO",
  "pl_PL",
  "pt_PT",
  "ro_RO",
  "ru_RU",
  "sk_SK",
  "sr_RS",
  "sv_SE",
  "uk_UA",
  "zh_CN",
];

test("what is no error of the server's is nothing", () => {
  const impostors = [
    undefined,
    1062,
    "1062",
    new Error("for key 'username'"),
    { errno: 1062 },
    Object.assign(new Error("no such thing"), { errno: "1054" }),
  ];
  for (const error of impostors) {
    expect(classifyError(error)).toBe("other");
    expect(violated(error)).toEqual([]);
  }
});

test("MySQL names the table as well, which then has to be the one that is asked for", () => {
  // As MySQL 8.4 documents it; MariaDB names the index alone.
  const error = Object.assign(new Error("Duplicate entry 'ada' for key 'auth_user.username'"), {
    errno: 1062,
  });
  expect(isUniqueViolation(error, "auth_user.username")).toBe(true);
  expect(isUniqueViolation(error, "note.username")).toBe(false);
  const primary = Object.assign(new Error("Duplicate entry '1' for key 'auth_user.PRIMARY'"), {
    errno: 1062,
  });
  expect(isUniqueViolation(primary, "auth_user.id")).toBe(true);
  expect(isUniqueViolation(primary, "auth_key.id")).toBe(false);
});

test.each([3854, 3988])("MySQL's own error %i is about text that it cannot compare", (errno) => {
  // As MySQL 8.4 documents them; MariaDB has 1267 alone.
  const error = Object.assign(new Error("Cannot convert string"), { errno });
  expect(classifyError(error)).toBe("incomparable_text");
});

test("a duplicate whose message names no index is not taken for one of any column", () => {
  // As a proxy may shorten it.
  const error = Object.assign(new Error("Duplicate entry"), { errno: 1062 });
  expect(isUniqueViolation(error, "auth_user.username")).toBe(false);
});

test.each([3854, 3988])("MySQL has more errors of texts that it cannot compare: %i", (errno) => {
  // As MySQL 8.4 documents them; MariaDB has 1267 for all.
  expect(classifyError(Object.assign(new Error("Cannot convert string"), { errno }))).toBe(
    "incomparable_text",
  );
});

test("the text of the query is taken out of an error, and nothing out of what is none", async () => {
  const error = await rejectionOf(connection.query("select 'secret' from nowhere"));
  expect(error).toMatchObject({ sql: expect.stringContaining("secret") });
  hideValues(error);
  expect(error).not.toHaveProperty("sql");
  expect(error).toMatchObject({ errno: 1146 });
  const other = { sql: "select 1" };
  for (const nothing of [undefined, "an error", other]) hideValues(nothing);
  expect(other).toEqual({ sql: "select 1" });
});
