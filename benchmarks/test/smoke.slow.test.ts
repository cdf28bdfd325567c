import { expect, test } from "vitest";
import { contestants } from "../src/contestants/index.js";
import { procedures } from "../src/procedures/index.js";
import type { Measurement } from "../src/report/results.js";
import { run } from "../src/run.js";
import type { Settings } from "../src/settings.js";

const TINY: Settings = {
  rounds: 2,
  roundMs: 4,
  warmUpMs: 4,
  users: 100,
  inFlight: 2,
  poolSize: 2,
  slowRounds: 1,
  requestMs: 100,
  growth: [100, 1000],
  memoryMs: 100,
  expired: 20_000,
  typeCheckRounds: 0,
};

/** The stock hashes take seconds, which says nothing more here; the types need what is built. */
const SLOW = ["passwords", "type-check"];

test("everything runs on SQLite, and every contestant finds the right user and no wrong one", {
  timeout: 60_000,
}, async () => {
  const told: number[] = [];
  const { measurements, versions } = await run(
    {
      settings: TINY,
      dialects: ["sqlite"],
      procedures: procedures.filter(({ name }) => !SLOW.includes(name)),
      ours: "sources",
    },
    (_what, part) => told.push(part),
  );

  expect(namesOf(measurements, "validate")).toEqual(
    contestants.filter(({ dialects }) => dialects.includes("sqlite")).map(({ name }) => name),
  );
  expect(new Set(measurements.map(({ work }) => work))).toEqual(
    new Set([
      ...procedures.map(({ name }) => name).filter((name) => ![...SLOW, "memory"].includes(name)),
      "growth-raw",
      "memory-heap",
      "memory-delay-p50",
      "memory-delay-p99",
      "memory-delay-max",
      "delete-expired-heap",
    ]),
  );
  for (const { work, values } of measurements) {
    for (const [name, own] of Object.entries(values)) {
      expect(own.every(Number.isFinite), `${work} of ${name}: ${own}`).toBe(true);
    }
  }
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(versions[0]).toMatch(/^SQLite 3/);
});

function namesOf(measurements: readonly Measurement[], work: string): string[] {
  return Object.keys(measurements.find((one) => one.work === work)?.values ?? {});
}
