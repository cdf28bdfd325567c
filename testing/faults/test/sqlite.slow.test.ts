import { describe } from "vitest";
import { journalFaults, walFaults } from "../src/faults/sqlite.js";
import { moments } from "../src/moments.js";
import { openSqliteScene } from "../src/sqlite-scene.js";
import { testFaults } from "../src/test-faults.js";
import { transactions } from "../src/transactions.js";

const all = [moments.idle, transactions.plain, transactions.catching, moments.load];

describe("with a rollback journal", () => {
  testFaults(() => openSqliteScene("delete"), journalFaults, all);
});

describe("with a write-ahead log", () => {
  testFaults(() => openSqliteScene("wal"), walFaults, all);
});
