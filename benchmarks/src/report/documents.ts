import { mkdir, readFile, writeFile } from "node:fs/promises";
import { withSection } from "@kysely-lucia/docs";
import { chartOf } from "../charts/chart.js";
import type { Results } from "./results.js";
import { fullReport, shortReport } from "./summary.js";
import { byWork } from "./work-table.js";

/** The root of the repository. */
const ROOT = new URL("../../../", import.meta.url);

/** The charts that the README shows. */
const SHOWN = ["validate", "sign-up", "create-session-1000"];

/** Puts the results where they are shown: into `README.md` and those of the packages, `docs/performance.md`, and charts beside it. */
export async function writeDocuments(results: Results, root = ROOT): Promise<void> {
  const charts = new URL("docs/performance/", root);
  await mkdir(charts, { recursive: true });
  const drawn = new Map<string, string>();
  const image = (work: string, folder: string) =>
    drawn.has(work) ? `![${drawn.get(work)}](${folder}/${work}.svg)` : "";
  for (const ofWork of byWork(results.measurements)) {
    const [first] = ofWork;
    const svg = chartOf(ofWork);
    if (!first || !svg) continue;
    drawn.set(first.work, first.title);
    await writeFile(new URL(`${first.work}.svg`, charts), svg);
  }
  const full = fullReport(results, (work) => image(work, "performance"));
  await rewrite(new URL("docs/performance.md", root), full);
  const shown = SHOWN.filter((work) => drawn.has(work)).map(
    (work) => `**To ${drawn.get(work)}:**\n\n${image(work, "docs/performance")}`,
  );
  await rewrite(new URL("README.md", root), [...shown, shortReport(results)].join("\n\n"));
  for (const dialect of new Set(results.measurements.map((measurement) => measurement.dialect))) {
    const readme = new URL(`packages/${dialect}/README.md`, root);
    await rewrite(readme, shortReport(results, dialect));
  }
}

async function rewrite(document: URL, text: string): Promise<void> {
  await writeFile(document, withSection(await readFile(document, "utf8"), "bench", text));
}
