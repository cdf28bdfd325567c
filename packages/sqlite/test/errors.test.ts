import { join } from "node:path";
import SQLite from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { classifyError, isUniqueViolation } from "../src/errors.js";
import { temporaryFolder } from "./support/notes-app.js";

const TABLES = `
  create table auth_user (id text primary key, username text not null unique, email text);
  create unique index lower_email on auth_user (lower(email));
  create table auth_key (id text primary key, user_id text not null references auth_user (id));
  create table pair (n integer primary key, a integer, b integer, unique (a, b));
  insert into auth_user values ('1', 'ada', 'ada@example.com');
  insert into auth_key values ('email:ada', '1');
  insert into pair values (1, 1, 2);
`;

/** The error that SQLite really throws. */
function errorOf(sql: string): unknown {
  const database = new SQLite(":memory:").exec(TABLES);
  try {
    return thrownBy(() => database.exec(sql));
  } finally {
    database.close();
  }
}

function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("It did not fail.");
}

/** Two connections to one file. */
function neighbours(): [SQLite.Database, SQLite.Database] {
  const path = join(temporaryFolder(), "app.db");
  const open = () => {
    const database = new SQLite(path, { timeout: 1 });
    onTestFinished(() => void database.close());
    return database;
  };
  return [open().exec(TABLES), open()];
}

describe("a violated unique constraint is told by its column", () => {
  test("which is asked for with its table", () => {
    // @ts-expect-error the table is missing
    expect(isUniqueViolation(undefined, "username")).toBe(false);
  });

  test.each([
    ["insert into auth_user values ('1', 'bob', null)", "auth_user.id"],
    ["insert into auth_user values ('2', 'ada', null)", "auth_user.username"],
    ["insert into auth_key values ('email:ada', '1')", "auth_key.id"],
    ["insert into pair values (2, 1, 2)", "pair.a, pair.b"],
    ["insert into auth_user values ('2', 'bob', 'ADA@example.com')", "index 'lower_email'"],
    ["insert into pair values (1, 3, 4)", "pair.n"],
  ])("%s", (sql, column) => {
    const error = errorOf(sql);
    const columns = ["auth_user.id", "auth_user.username", "auth_key.id", "user.id", "id", column];
    expect(columns.filter((name) => isUniqueViolation(error, name as never))).toEqual(
      columns.filter((name) => name === column),
    );
    expect(classifyError(error)).toBe("other");
  });
});

describe("a lock is told from a transaction that has been overtaken", () => {
  test("waiting might help where another connection writes", () => {
    const [holder, other] = neighbours();
    holder.exec("begin immediate");
    expect(classifyError(thrownBy(() => other.exec("begin immediate")))).toBe("busy");
  });

  test("waiting might help where a statement reads what is to be removed", () => {
    const [reader] = neighbours();
    reader.unsafeMode();
    const rows = reader.prepare("select * from pair").iterate();
    rows.next();
    const error = thrownBy(() => reader.exec("drop table pair"));
    rows.return?.();
    expect(error).toMatchObject({ code: "SQLITE_LOCKED" });
    expect(classifyError(error)).toBe("busy");
  });

  test("only another attempt helps where somebody has written after one has read", () => {
    const [reader, writer] = neighbours();
    reader.pragma("journal_mode = wal");
    reader.exec("begin; select * from auth_user");
    writer.exec("update auth_user set email = null");
    const error = thrownBy(() => reader.exec("update auth_user set email = 'a@b.c'"));
    expect(classifyError(error)).toBe("serialization_failure");
  });
});

describe("other errors are not taken for it", () => {
  test.each([
    ["insert into auth_user values ('2', null, null)", "other"],
    ["insert into auth_key values ('email:bob', '7')", "other"],
    ["select * from nowhere", "undefined_object"],
    ["select nope from auth_user", "undefined_object"],
    ["insert into auth_user (id, nope) values (1, 2)", "undefined_object"],
    ["select from", "other"],
    [
      "create trigger t before insert on pair begin " +
        "select raise(abort, 'UNIQUE constraint failed: auth_user.username'); end; " +
        "insert into pair values (9, 9, 9)",
      "other",
    ],
    [
      "create trigger t before insert on pair begin " +
        "select raise(abort, 'no such table: nowhere'); end; insert into pair values (9, 9, 9)",
      "other",
    ],
    // About a view of the app's, which the statement did not name.
    ["create view v as select * from nowhere; alter table pair rename to pairs", "other"],
  ])("%s is %s", (sql, kind) => {
    const error = errorOf(sql);
    expect(classifyError(error)).toBe(kind);
    expect(isUniqueViolation(error, "auth_user.username")).toBe(false);
  });

  test("nor is what is no error of SQLite's", () => {
    for (const error of [
      undefined,
      "UNIQUE constraint failed: a.b",
      new Error("a.b"),
      { code: 1 },
    ]) {
      expect(classifyError(error)).toBe("other");
      expect(isUniqueViolation(error, "a.b")).toBe(false);
    }
  });
});
