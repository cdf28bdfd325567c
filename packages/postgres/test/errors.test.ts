import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { classifyError, isUniqueViolation } from "../src/errors.js";
import { createDatabase, type TestDatabase } from "./support/database.js";

const TABLES = `
  create table auth_user (id text primary key, username text not null unique, email text);
  create unique index one_address_each on auth_user (email);
  create table auth_key (id text primary key, user_id text not null references auth_user (id));
  create table "Odd" ("the name" text unique, a integer, b integer, unique (a, b));
  create unique index lower_name on auth_user (lower(username));
  insert into auth_user values ('1', 'ada', 'ada@example.com');
  insert into auth_key values ('email:ada', '1');
  insert into "Odd" values ('x', 1, 2);
`;

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createDatabase();
  client = new pg.Client({ connectionString: database.connectionString });
  await client.connect();
  await client.query(TABLES);
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

/** The error that PostgreSQL really throws. */
async function errorOf(sql: string): Promise<unknown> {
  return client.query(sql).then(
    () => {
      throw new Error(`${sql} did not fail.`);
    },
    (error: unknown) => error,
  );
}

describe("a violated unique constraint is told by its column", () => {
  test.each([
    ["insert into auth_user values ('1', 'bob', null)", "auth_user.id"],
    ["insert into auth_user values ('2', 'ada', null)", "auth_user.username"],
    ["insert into auth_user values ('2', 'bob', 'ada@example.com')", "auth_user.email"],
    ["insert into auth_key values ('email:ada', '1')", "auth_key.id"],
    [`insert into "Odd" values ('x', 3, 4)`, "Odd.the name"],
    [`insert into "Odd" values ('y', 1, 2)`, "Odd.a, b"],
  ])("%s", async (sql, column) => {
    const error = await errorOf(sql);
    const columns = [
      ...new Set(["auth_user.id", "auth_user.username", "auth_key.id", "id", column]),
    ];
    expect(columns.filter((name) => isUniqueViolation(error, name))).toEqual([column]);
    expect(classifyError(error)).toBe("other");
  });

  test("whatever the value looks like", async () => {
    await client.query("insert into auth_user values ('3', '(id)=(PRIMARY) auth_key.id', null)");
    const error = await errorOf(
      "insert into auth_user values ('4', '(id)=(PRIMARY) auth_key.id', null)",
    );
    expect(isUniqueViolation(error, "auth_user.username")).toBe(true);
    expect(isUniqueViolation(error, "auth_user.id")).toBe(false);
    expect(isUniqueViolation(error, "auth_key.id")).toBe(false);
  });
});

describe("other errors are not taken for it", () => {
  test.each([
    ["insert into auth_user values ('2', null, null)", "other"],
    ["insert into auth_user values ('2', 'ADA', null)", "other"],
    ["insert into auth_key values ('email:bob', '7')", "other"],
    ["select * from nowhere", "undefined_object"],
    ["select nope from auth_user", "undefined_object"],
    ["insert into auth_user (id, nope) values ('1', '2')", "undefined_object"],
    ["select from from", "other"],
  ])("%s is %s", async (sql, kind) => {
    const error = await errorOf(sql);
    expect(classifyError(error)).toBe(kind);
    expect(isUniqueViolation(error, "auth_user.username")).toBe(false);
  });

  test("nor is what is no error of PostgreSQL's", () => {
    for (const error of [undefined, "23505", new Error("a.b"), { code: "23505", table: "a" }]) {
      expect(classifyError(error)).toBe("other");
      expect(isUniqueViolation(error, "a.b")).toBe(false);
    }
  });
});
