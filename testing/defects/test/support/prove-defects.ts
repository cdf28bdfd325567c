import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Provisioned } from "../../src/provision/provisioned.js";
import { createRunner, type Runner } from "../../src/run.js";
import { scenariosOn } from "../../src/scenarios/index.js";
import type { DatabaseName } from "../../src/scenarios/scenario.js";
import type { WiringSource } from "../../src/wirings/wiring.js";

interface Proof {
  readonly database: DatabaseName;
  /** Makes a database for one scenario. */
  provision(): Promise<Provisioned>;
  readonly byHand: WiringSource;
  readonly ours: WiringSource;
  /**
   * How each defect shows in the wiring by hand: the very defect, so that a wiring that is merely
   * broken is not taken for a proof.
   */
  readonly shownByHand: Readonly<Record<string, object>>;
}

/** Runs all scenarios of a database: by hand each one has to fail as it is known to, ours has to hold. */
export function proveDefects({ database, provision, byHand, ours, shownByHand }: Proof): void {
  const scenarios = scenariosOn(database);
  let runner: Runner;
  beforeAll(async () => {
    runner = await createRunner();
  });
  afterAll(() => runner.remove());

  describe("by hand", () => {
    for (const scenario of scenarios) {
      test(`${scenario.id} ${scenario.title}`, async () => {
        const shown = shownByHand[scenario.id];
        if (!shown) throw new Error(`How does ${scenario.id} show in the wiring by hand?`);
        const result = await runner.run(scenario, byHand, provision);
        expect(result, inspect(result)).toMatchObject(shown);
      });
    }
  });

  describe("ours", () => {
    for (const scenario of scenarios) {
      test(`${scenario.id} does not happen: ${scenario.title}`, async () => {
        const result = await runner.run(scenario, ours, provision);
        expect(result, inspect(result)).toMatchObject({ outcome: "held" });
      });
    }
  });
}

/** A count that is greater than this one. */
export const moreThan = (limit: number) =>
  expect.toSatisfy((counted: number) => counted > limit, `more than ${limit}`);
