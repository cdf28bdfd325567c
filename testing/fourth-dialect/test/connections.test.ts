import { rejectionOf } from "@kysely-lucia/conformance";
import { assemble, type DialectSpec } from "@kysely-lucia/core";
import { sql } from "kysely";
import Libsql from "libsql";
import { expect, onTestFinished, test } from "vitest";
import { schema } from "../src/auth-database.js";
import { dialectSpec } from "../src/dialect-spec.js";

/** An app on a driver that cannot begin so many times. */
function startApp(failures: number) {
  let attempts = 0;
  const spec: DialectSpec = {
    ...dialectSpec,
    open: (pool, prepared) => {
      const opened = dialectSpec.open(pool, prepared);
      const createDriver = () => {
        const driver = opened.dialect.createDriver();
        const init = driver.init.bind(driver);
        driver.init = async () => {
          attempts += 1;
          if (attempts <= failures) throw new Error("Not yet");
          await init();
        };
        return driver;
      };
      const { dialect } = opened;
      return {
        ...opened,
        dialect: {
          createDriver,
          createAdapter: () => dialect.createAdapter(),
          createQueryCompiler: () => dialect.createQueryCompiler(),
          createIntrospector: (db) => dialect.createIntrospector(db),
        },
      };
    },
  };
  const app = assemble(spec, {
    database: new Libsql(":memory:"),
    schema: schema(),
    lucia: { env: "DEV" },
  } as never);
  onTestFinished(() => app.close());
  const ask = () => sql`select 1`.execute(app.db);
  return { ask, attempts: () => attempts };
}

test("a driver is begun once, however many ask at once", async () => {
  const { ask, attempts } = startApp(0);
  await Promise.all([ask(), ask()]);
  await ask();
  expect(attempts()).toBe(1);
});

test("a driver that could not begin is asked again by the next query", async () => {
  const { ask, attempts } = startApp(1);
  expect(await rejectionOf(ask())).toEqual(new Error("Not yet"));
  await ask();
  expect(attempts()).toBe(2);
});
