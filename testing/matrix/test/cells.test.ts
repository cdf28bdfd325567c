import { expect, test } from "vitest";
import { CELLS, NODES, nameOf } from "../src/cells.js";
import { countsOf } from "../src/run-cell.js";
import { tableOf } from "../src/table.js";

test("each Node.js is tested with two sets of packages, of names of their own", () => {
  expect(CELLS.map(({ node }) => node)).toEqual(NODES.flatMap((node) => [node, node]));
  expect(new Set(CELLS.map(nameOf)).size).toBe(CELLS.length);
});

test("better-sqlite3 13, which ends the process there, is not tested on Node 20", () => {
  for (const { node, packages } of CELLS.filter(({ node }) => node === 20)) {
    expect([node, packages["better-sqlite3"]]).not.toEqual([20, expect.stringMatching(/^13/)]);
  }
});

test("a table says of each cell what was run, what has failed, and what was not run", () => {
  const [cell] = CELLS;
  if (!cell) throw new Error("There is no cell.");
  const { kysely, pg, mysql2 } = cell.packages;
  const sqlite = cell.packages["better-sqlite3"];
  const table = tableOf([
    { cell, database: "sqlite", node: "20.1.0", passed: 3, failed: 0 },
    { cell, database: "postgres", node: "20.1.0", passed: 3, failed: 1 },
    { cell, database: "mysql", node: "20.1.0", passed: 0, failed: 0, problem: "No compiler" },
  ]);
  expect(table.split("\n").at(-1)).toBe(
    `| 20.1.0 | ${kysely} | better-sqlite3 ${sqlite}: 3 passed | pg ${pg}: 1 of 4 failed | mysql2 ${mysql2}: could not be run |`,
  );
});

test.each([
  { success: true, numPassedTests: 3, numFailedTests: 0 },
  { success: false, numPassedTests: 3, numFailedTests: 1 },
])("what the tests have said is counted: $numFailedTests failed", (report) => {
  const { numPassedTests: passed, numFailedTests: failed } = report;
  expect(countsOf(report)).toEqual({ passed, failed });
});

test.each([
  undefined,
  { success: true, numPassedTests: 0, numFailedTests: 0 },
  { success: false, numPassedTests: 3, numFailedTests: 0 },
])("tests that were not run, or not all, are a problem: %j", (report) => {
  expect(countsOf(report).problem).toMatch(/did not begin|could not be run/);
});
