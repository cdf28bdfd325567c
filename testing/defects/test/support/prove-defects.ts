import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningDatabase, startDatabase } from "../../src/databases.js";
import { defectOf } from "../../src/defects.js";
import { differences, expectedOf } from "../../src/expected/index.js";
import { createRunner, type Runner } from "../../src/run.js";
import { isRunOn, scenarios } from "../../src/scenarios/index.js";
import type { DatabaseName } from "../../src/scenarios/scenario.js";
import type { Wirer } from "../../src/wirings/index.js";

/** Runs all scenarios of a database: by hand each one has to fail as it is known to, ours has to hold. */
export function proveDefects(name: DatabaseName): void {
  let database: RunningDatabase;
  let runner: Runner;
  beforeAll(async () => {
    [database, runner] = await Promise.all([startDatabase[name](), createRunner()]);
  });
  afterAll(() => Promise.all([database.stop(), runner.remove()]));

  const here = scenarios.filter(
    (scenario) => isRunOn(scenario, name) && (name === "sqlite" || !scenario.luciaAlone),
  );
  for (const wirer of ["by-hand", "ours"] satisfies Wirer[]) {
    describe(wirer, () => {
      for (const scenario of here) {
        test(`${scenario.id} ${defectOf(scenario.id).name}`, async () => {
          const result = await runner.run(scenario, `${wirer}-${name}`, database.provision);
          const expected = expectedOf(scenario, wirer, name);
          expect(differences(result, expected), inspect(result)).toEqual([]);
        });
      }
    });
  }
}
