import { rejectionOf } from "@kysely-lucia/conformance";
import type { TestDatabase } from "@kysely-lucia/services";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { classifyError, hideValues, isUniqueViolation } from "../src/errors.js";
import { createDatabase } from "./support/database.js";
import { failing, provoked, TABLES } from "./support/real-errors.js";

const COLUMNS = [
  "auth_user.id",
  "auth_user.username",
  "auth_user.email",
  "auth_key.id",
  "auth_key.user_id",
  "Odd.the name",
  "Odd.a, b",
  "Odd.a",
  "auth_user.lower(username)",
  "id",
];

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await createDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(TABLES);
});

afterAll(async () => {
  await client.end();
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
    ["duplicate user id", "other", ["auth_user.id"]],
    ["duplicate name", "other", ["auth_user.username"]],
    ["duplicate address", "other", ["auth_user.email"]],
    ["duplicate name that contains PRIMARY", "other", ["auth_user.username"]],
    ["duplicate key", "other", ["auth_key.id"]],
    ["duplicate in an odd column", "other", ["Odd.the name"]],
    ["duplicate in two columns", "other", ["Odd.a, b"]],
    ["duplicate in an expression", "other", ["auth_user.lower(username)"]],
    ["missing user", "other", []],
    ["user that is needed", "other", []],
    ["missing value", "other", []],
    ["missing table", "undefined_object", []],
    ["missing column", "undefined_object", []],
    ["missing column of an insert", "undefined_object", []],
    ["bad syntax", "other", []],
  ] as const)("%s is %s, and violates %j", async (name, kind, columns) => {
    const error = await rejectionOf(client.query(failing[name]));
    expect(classifyError(error)).toBe(kind);
    expect(violated(error)).toEqual(columns);
  });

  test.each([
    ["deadlock", "40P01", "serialization_failure"],
    ["serialization failure", "40001", "serialization_failure"],
    ["lock wait timeout", "55P03", "lock_timeout"],
    ["statement timeout", "57014", "other"],
    ["lost connection", "57P01", "other"],
  ] as const)("%s (%s) is %s", async (name, code, kind) => {
    const error = await provoked[name](database.url);
    expect(error).toMatchObject({ code });
    expect(classifyError(error)).toBe(kind);
    expect(violated(error)).toEqual([]);
  });
});

test("what is no error of PostgreSQL's is nothing", () => {
  for (const error of [undefined, "23505", new Error("a.b"), { code: "23505", table: "a" }]) {
    expect(classifyError(error)).toBe("other");
    expect(isUniqueViolation(error, "a.b")).toBe(false);
  }
});

test("a duplicate of which the server tells no detail is not taken for one of any column", () => {
  // As a pooler in between may shorten it.
  const error = Object.assign(new Error("duplicate key value"), { code: "23505", table: "a" });
  expect(isUniqueViolation(error, "a.b")).toBe(false);
});

describe("values are taken out of an error", () => {
  const inFunction = (sql: string) => `do $do$ begin ${sql}; end $do$`;

  test("where the server quotes the row that fails", async () => {
    const error = await rejectionOf(client.query(failing["missing value"]));
    expect(error).toMatchObject({ detail: expect.stringContaining("Failing row contains (4,") });
    hideValues(error);
    expect(error).not.toHaveProperty("detail");
    expect(error).toMatchObject({ code: "23502", column: "username" });
  });

  test("where it quotes a statement, but for what tells which column has a duplicate", async () => {
    const error = await rejectionOf(client.query(inFunction(failing["duplicate name"])));
    expect(error).toMatchObject({ where: expect.stringContaining("'ada'") });
    hideValues(error);
    expect(error).not.toHaveProperty("where");
    expect(isUniqueViolation(error, "auth_user.username")).toBe(true);
  });

  test("and nothing out of what is none", () => {
    const other = { code: "23502", detail: "a detail", where: "a place" };
    for (const nothing of [undefined, "an error", other]) hideValues(nothing);
    expect(other).toEqual({ code: "23502", detail: "a detail", where: "a place" });
  });
});
