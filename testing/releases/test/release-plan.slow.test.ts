import { afterAll, beforeAll, expect, test } from "vitest";
import { ReleaseFolder } from "../src/release-folder.js";
import { SAMPLE_CHANGES } from "../src/sample-changes.js";

const DIALECTS = ["mysql", "postgres", "sqlite"];

/** Who is released after each of the changes. */
const EXPECTED: Record<string, readonly string[]> = {
  "the schema": ["core", "schema", ...DIALECTS],
  core: ["core", ...DIALECTS],
  "one dialect": ["mysql"],
  "documents only": [],
};

let folder: ReleaseFolder;

beforeAll(async () => {
  folder = await ReleaseFolder.create();
  await folder.version();
});

afterAll(() => folder.remove());

test.each(SAMPLE_CHANGES)(
  "a change of $what is released with those who carry it",
  async (change) => {
    const summary = "What has changed.";
    await folder.change(change.packages, summary);
    const releases = await folder.version();

    const names = releases.map(({ name }) => name.replace("@kysely-lucia/", ""));
    expect(names.toSorted()).toEqual([...(EXPECTED[change.what] ?? [])].toSorted());
    for (const { name, from, to, changes } of releases) {
      const bump = change.packages[name.replace("@kysely-lucia/", "")];
      expect(to).toBe(bump === "minor" ? nextMinor(from) : nextPatch(from));
      expect(changes).toContain(bump ? summary : "Updated dependencies");
    }
  },
);

function nextMinor(version: string): string {
  const [major, minor] = version.split(".").map(Number);
  return `${major}.${Number(minor) + 1}.0`;
}

function nextPatch(version: string): string {
  const [major, minor, patch] = version.split(".").map(Number);
  return `${major}.${minor}.${Number(patch) + 1}`;
}
