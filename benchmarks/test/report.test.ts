import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { writeDocuments } from "../src/report/documents.js";
import { fullReport, shortReport, wasBusyBefore } from "../src/report/summary.js";
import { results } from "./results.js";

test("the tables show medians, ratios of the same rounds, and what came of targets", () => {
  const report = fullReport(results);
  expect(report).toContain("| kysely-lucia | 240,000/s, 2.50× (2.45–2.75) |");
  expect(report).toContain("| Lucia 1.x, official adapter | 100,000/s, 1× |");
  expect(report).toContain("at least 2.3× | 2.50× (2.45–2.75) | ✓ |");
  expect(report).toContain("at least 0.65× | 0.60× (0.53–0.61) | missed |");
  expect(report).toContain("at most 30 ms | 40 ms | missed |");
  expect(report).toContain("| kysely-lucia | 0.25 bytes |");
  expect(report).toContain("on 2024-05-06 at abc1234");
  expect(shortReport(results)).not.toContain("0.25 bytes");
});

test("a machine that was busy before is told", () => {
  expect(wasBusyBefore(results)).toBe(false);
  expect(wasBusyBefore({ ...results, machine: { ...results.machine, busyBefore: 0.5 } })).toBe(
    true,
  );
});

test("documents get the results between their markers, and charts beside them", async () => {
  const folder = await mkdtemp(join(tmpdir(), "kysely-lucia-bench-"));
  try {
    const document = "Before.\n\n<!-- bench:begin -->\nold\n<!-- bench:end -->\n\nAfter.\n";
    const documents = ["README.md", "packages/sqlite/README.md", "docs/performance.md"];
    for (const name of documents) {
      await mkdir(join(folder, dirname(name)), { recursive: true });
      await writeFile(join(folder, name), document);
    }
    await writeDocuments(results, pathToFileURL(`${folder}/`));

    for (const name of documents) {
      const written = await readFile(join(folder, name), "utf8");
      expect(written).toMatch(
        /^Before\.\n\n<!-- bench:begin -->\n\n.*2\.50×.*\n\n<!-- bench:end -->\n\nAfter\.\n$/s,
      );
      expect(written).not.toContain("old");
    }
    const performance = await readFile(join(folder, "docs/performance.md"), "utf8");
    expect(performance).toContain("![validate an active session](performance/validate.svg)");
    // What has nothing to be compared with has no chart.
    expect(await readdir(join(folder, "docs/performance"))).toEqual([
      "passwords-delay.svg",
      "validate.svg",
    ]);
    const chart = await readFile(join(folder, "docs/performance/validate.svg"), "utf8");
    expect(chart).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(chart).toContain("prefers-color-scheme: dark");
    expect(chart).toContain("2.50×");
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a document without markers is left as it is", async () => {
  const folder = await mkdtemp(join(tmpdir(), "kysely-lucia-bench-"));
  try {
    await mkdir(join(folder, "docs"));
    await writeFile(join(folder, "docs/performance.md"), "No markers.");
    const written = writeDocuments(results, pathToFileURL(`${folder}/`));
    await expect(written).rejects.toThrow("bench:begin");
    expect(await readFile(join(folder, "docs/performance.md"), "utf8")).toBe("No markers.");
  } finally {
    await rm(folder, { recursive: true });
  }
});
