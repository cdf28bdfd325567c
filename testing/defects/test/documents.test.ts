import { readFile } from "node:fs/promises";
import { sectionOf } from "@kysely-lucia/docs";
import { expect, test } from "vitest";
import { defectOf, defects } from "../src/defects.js";
import { DEFECTS, README } from "../src/proof/documents.js";
import { scenarios } from "../src/scenarios/index.js";

const named = defects.map(({ id, name }) => `${id} | ${name}`);

test.each([README, DEFECTS])("%s shows the defects that there are", async (document) => {
  const section = sectionOf(await readFile(document, "utf8"), "proof");
  const rows = section.split("\n").filter((line) => line.startsWith("| D"));
  expect(rows.map((row) => row.split(" | ", 2).join(" | ").slice(2))).toEqual(named);
  expect(section).not.toContain("NOT AS EXPECTED");
});

test("each defect has a scenario", () => {
  const proved = new Set(scenarios.map(({ id }) => defectOf(id)));
  expect([...proved]).toEqual(defects);
});
