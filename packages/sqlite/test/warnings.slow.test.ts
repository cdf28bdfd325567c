import { setImmediate as nextTurn } from "node:timers/promises";
import SQLite from "better-sqlite3";
import { expect, onTestFinished, test, vi } from "vitest";
import { type Database, userColumns } from "./support/notes-app.js";

test("a password that is hashed inside of a transaction is warned of once, and no other", async () => {
  // A process is told once: this one by another test, perhaps.
  vi.resetModules();
  const { hashPassword, kyselyLucia, schema } = await import("../src/index.js");
  const codes: unknown[] = [];
  const listener = (warning: Error) => codes.push(Reflect.get(warning, "code"));
  process.on("warning", listener);
  onTestFinished(() => void process.off("warning", listener));
  await using app = kyselyLucia({
    database: new SQLite(":memory:"),
    schema: schema<Database>(),
    lucia: { env: "DEV" },
    userColumns,
  });
  const { auth, migrate, transaction } = app;
  await migrate();
  const keyOf = (name: string) => ({ providerId: "email", providerUserId: name });

  const password = await hashPassword("secret");
  await auth.createUser({
    primaryKey: { ...keyOf("ada"), password: "secret" },
    attributes: { username: "ada" },
  });
  await transaction(({ auth }) => auth.updateKeyPassword("email", "ada", password));
  await nextTurn();
  expect(codes).toEqual([]);

  for (const newPassword of ["another", "one more"]) {
    await transaction(({ auth }) => auth.updateKeyPassword("email", "ada", newPassword));
    await nextTurn();
    expect(codes).toEqual(["KYSELY_LUCIA_HASH_IN_TRANSACTION"]);
  }
});
