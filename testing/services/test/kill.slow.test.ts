import { expect, test } from "vitest";
import { startOwnMariadb, startOwnPostgres } from "../src/index.js";
import { isOpen } from "./processes.js";
import { askMariadb, askPostgres } from "./services.js";

test.each([
  ["PostgreSQL", startOwnPostgres, askPostgres],
  ["MariaDB", startOwnMariadb, askMariadb],
] as const)(
  "%s is killed, and is back with all that it had acknowledged",
  async (_, start, ask) => {
    const server = await start();
    const countSql = "select count(*) as answer from kept";
    try {
      await ask(server.url, "create table kept (word varchar(9))", countSql);
      for (let round = 1; round <= 3; round += 1) {
        await ask(server.url, "insert into kept values ('kept')", countSql);
        await server.kill();
        expect(await isOpen(server.url)).toBe(false);
        await server.restart();
        expect(Number(await ask(server.url, countSql))).toBe(round);
      }
    } finally {
      await server.stop();
    }
    expect(await isOpen(server.url)).toBe(false);
  },
);

test("a server that was killed stops like any other, and is not killed twice", async () => {
  const server = await startOwnPostgres();
  await server.kill();
  await expect(server.kill()).rejects.toThrow("The server did not kill");
  await server.stop();
  await expect(server.restart()).rejects.toThrow("Cannot restart a server that is gone");
});
