import { expect, test } from "vitest";
import { defectOf } from "../src/defects.js";
import { compactTable, withRanges } from "../src/proof/compact-table.js";
import { fullTable } from "../src/proof/full-table.js";
import { table } from "../src/proof/markdown.js";
import type { Results } from "../src/proof/results.js";
import type { Verdict } from "../src/proof/verdict.js";
import { scenarios } from "../src/scenarios/index.js";
import type { DatabaseName } from "../src/scenarios/scenario.js";

const columns: Results["columns"] = [
  { database: "sqlite", label: "SQLite" },
  { database: "postgres", label: "PostgreSQL" },
  { database: "mysql", label: "MariaDB" },
];

/** What came of scenarios by hand, by database: a text such as "fails: 3 users". */
function resultsOf(texts: Record<string, Partial<Record<DatabaseName, string>>>): Results {
  const verdicts = scenarios.flatMap((scenario) =>
    columns.flatMap(({ database }): Verdict[] => {
      const text = texts[scenario.id]?.[database];
      if (text === undefined) return [];
      const [status, words = ""] = text.split(": ");
      const cell = { scenario, wirer: "by-hand", database } as const;
      return [{ cell, status: status === "holds" ? "holds" : "fails", words, problems: [] }];
    }),
  );
  const defects = new Set(Object.keys(texts).map(defectOf));
  return { defects: [...defects], columns, verdicts, versions: [] };
}

const cellsOf = (markdown: string, row = 2) => markdown.split("\n")[row]?.split(" | ");

test("the compact table says once what is the same, and how far numbers go", () => {
  const results = resultsOf({
    D28a: { sqlite: "fails: 5 sessions of 5", postgres: "fails: 3 sessions of 5", mysql: "holds" },
    D3: { sqlite: "fails: 1 user", postgres: "fails: 1 user", mysql: "fails: 1 user" },
    D1a: { postgres: "fails: 9 answered" },
  });
  const compact = compactTable(results);
  expect(cellsOf(compact, 2)?.[2]).toBe(
    "fails: 3–5 sessions of 5 (SQLite, PostgreSQL); holds (MariaDB)",
  );
  expect(cellsOf(compact, 3)?.[2]).toBe("fails: 1 user");
  expect(cellsOf(compact, 4)?.[2]).toBe("fails: 9 answered (PostgreSQL)");
});

test("the full table says why a database is left out", () => {
  const full = fullTable(resultsOf({ D1a: { postgres: "fails: 9 answered" } }));
  expect(cellsOf(full)?.slice(3, 6)).toEqual(["– (another driver)", "–", "fails: 9 answered"]);
});

test("of several scenarios of a defect, the worst is told", () => {
  const results = resultsOf({
    D1a: { postgres: "holds" },
    D1b: { postgres: "fails: 0 answered" },
    D22a: { mysql: "fails: cut" },
    D22b: { mysql: "fails: stored" },
  });
  expect(cellsOf(fullTable(results), 2)?.[5]).toBe("fails: 0 answered");
  expect(cellsOf(fullTable(results), 3)?.[7]).toBe("fails: cut; stored");
});

test("what is not as expected stands out", () => {
  const { verdicts, ...rest } = resultsOf({ D18: { sqlite: "holds" } });
  const unexpected = verdicts.map((verdict) => ({ ...verdict, problems: ["held, not failed"] }));
  const full = fullTable({ ...rest, verdicts: unexpected });
  expect(cellsOf(full)?.[3]).toBe("NOT AS EXPECTED: holds");
});

test("ranges take in what comes later", () => {
  expect(withRanges("waits 5 to 7 ms", "waits 5 to 9 ms")).toBe("waits 5 to 7–9 ms");
  expect(withRanges("waits 5–7 ms", "waits 3 ms")).toBe("waits 3–7 ms");
});

test("a bar in a cell does not end it", () => {
  expect(table(["a"], [["b | c"]])).toBe("| a |\n|---|\n| b \\| c |");
});
