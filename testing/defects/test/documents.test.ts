import { readFile } from "node:fs/promises";
import { sectionOf } from "@kysely-lucia/docs";
import { expect, test } from "vitest";
import { type Defect, defectOf, defects } from "../src/defects.js";
import { DEFECTS, README, readmeOf } from "../src/proof/documents.js";
import { isRunOn, scenarios } from "../src/scenarios/index.js";

const named = (shown: readonly Defect[]) => shown.map(({ id, name }) => `${id} | ${name}`);

/** The defects of a document's table. */
async function shownIn(document: URL): Promise<string[]> {
  const section = sectionOf(await readFile(document, "utf8"), "proof");
  expect(section).not.toContain("NOT AS EXPECTED");
  const rows = section.split("\n").filter((line) => line.startsWith("| D"));
  return rows.map((row) => row.split(" | ", 2).join(" | ").slice(2));
}

test.each([README, DEFECTS])("%s shows the defects that there are", async (document) => {
  expect(await shownIn(document)).toEqual(named(defects));
});

test.each(["sqlite", "postgres", "mysql"] as const)(
  "the README for %s shows those of its database",
  async (database) => {
    const own = scenarios.filter((scenario) => isRunOn(scenario, database));
    const there = new Set(own.map(({ id }) => defectOf(id)));
    expect(await shownIn(readmeOf(database))).toEqual(
      named(defects.filter((defect) => there.has(defect))),
    );
  },
);

test("each defect has a scenario", () => {
  const proved = new Set(scenarios.map(({ id }) => defectOf(id)));
  expect([...proved]).toEqual(defects);
});
