import type { Harness } from "@kysely-lucia/conformance";
import fc from "fast-check";
import { describe, test } from "vitest";
import { Execution } from "./execution.js";
import { Model } from "./model.js";
import { References } from "./references.js";
import { numRuns, path, seed, timeoutOfRun, timeoutOfTest } from "./runs.js";
import { sequences } from "./sequences.js";
import type { Step } from "./steps.js";
import { createTables, type Subject, storedRows, withSubject } from "./subject.js";

const modes = ["plain", "hashed", "migrating"] as const;

/**
 * Takes random sequences of steps on a dialect's factory and on a model of what `auth` promises, and
 * compares what calls return and what is stored. To be called in a vitest file.
 */
export function modelSuite(name: string, harness: Harness): void {
  describe(`${name}: every call does what it promises, and nothing else`, () => {
    test.each(modes)("sessionIds: %s", { timeout: timeoutOfTest }, async (sessionIds) => {
      console.log(`${name}, ${sessionIds}: ${numRuns} runs, KYSELY_LUCIA_SEED=${seed}`);
      const database = await harness.createDatabase();
      try {
        await createTables(database, harness);
        const property = fc.asyncProperty(sequences, (steps) =>
          withSubject(database, harness, sessionIds, (subject) =>
            follow(steps, subject, new Model(sessionIds)),
          ),
        );
        await fc.assert(property, { numRuns, seed, path, timeout: timeoutOfRun });
      } finally {
        await database.destroy();
      }
    });
  });
}

async function follow(steps: readonly Step[], subject: Subject, model: Model): Promise<void> {
  const execution = new Execution(subject, model, new References());
  for (const step of steps) {
    await execution.take(step, subject.auth);
    model.compare(await storedRows(subject));
  }
}
