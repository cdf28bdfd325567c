import { expect, test } from "vitest";
import { CliError, explain } from "../src/errors.js";

const failure = (message: string, code: string, more = {}) =>
  Object.assign(new Error(message), { code }, more);

test.each([
  [failure("connect ECONNREFUSED 127.0.0.1:1", "ECONNREFUSED"), /Nothing listens there/],
  [failure("getaddrinfo ENOTFOUND nowhere", "ENOTFOUND"), /no such host/],
  [failure('password authentication failed for user "app"', "28P01"), /user and the password/],
  [failure("Access denied for user", "ER_ACCESS_DENIED_ERROR"), /user and the password/],
  [failure('database "ap" does not exist', "3D000"), /name of the database/],
  [failure("Unknown database 'ap'", "ER_BAD_DB_ERROR"), /name of the database/],
  [failure("database is locked", "SQLITE_BUSY"), /Another process writes/],
  [failure("unable to open database file", "SQLITE_CANTOPEN"), /path of the file/],
  [failure("migrate() has waited.", "", { cause: failure("locked", "SQLITE_BUSY") }), /Another/],
])("%s is told with what to do about it", (error, advice) => {
  expect(explain(error)).toMatch(advice);
  expect(explain(error)).toContain(error.message.replace(/\.$/, ""));
  expect(explain(error)).not.toContain("..");
});

test("what says by itself what to do, and what is not known, stays as it is", () => {
  for (const error of [new CliError("There is no file app.ts."), new Error("Something else.")]) {
    expect(explain(error)).toBe(error.message);
  }
});

test("a host of several addresses is told with what each of them has said", () => {
  const both = [failure("connect ECONNREFUSED ::1:1", "ECONNREFUSED"), new Error("no route")];
  expect(explain(new AggregateError(both))).toMatch(/::1:1; no route\. Nothing listens there/);
});
