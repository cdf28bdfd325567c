import { describe, expect, onTestFinished, test } from "vitest";
import { expectHonestErrors, expectNothingLost, expectWholePool, watchProcess } from "./checks.js";
import type { Fault, Moment, Scene } from "./fault.js";
import { ROUNDS } from "./rounds.js";
import { beginVisit, endsAtOnce, visit } from "./visits.js";

/** For one test, in milliseconds. Each takes a fraction of it. */
const TIME_LIMIT = 20_000;

/**
 * Tests each fault at each moment.
 *
 * @param open makes the scene of one test
 */
export function testFaults<S extends Scene>(
  open: (fault: Fault<S>) => Promise<S>,
  faults: readonly Fault<S>[],
  moments: readonly Moment<S>[],
): void {
  for (const fault of faults) {
    describe(fault.name, () => {
      for (const moment of fault.moments ?? moments) {
        const run = async () => {
          const watch = watchProcess();
          const scene = await open(fault);
          const heal = once(() => fault.heal(scene));
          onTestFinished(async () => {
            // A test that failed must not leave a server behind that is down.
            await heal().catch(() => {});
            await scene.remove();
          }, TIME_LIMIT);
          await suffer(scene, { ...fault, heal }, moment);
          await expectRecovered(scene);
          await watch.expectNothing();
        };
        for (let round = 1; round <= ROUNDS; round += 1) test(moment.name, run, TIME_LIMIT);
      }
    });
  }
}

/** Lets the fault happen at the moment, and be healed. */
async function suffer<S extends Scene>(scene: S, fault: Fault<S>, moment: Moment<S>) {
  const { meanwhile, renewals = meanwhile, underWay: expected } = fault;
  const { active, idle } = scene.visitors;
  const underWay = await moment.begin(scene);
  await fault.inject(scene);
  const again = async () => {
    if (meanwhile === "succeed at once") await fault.inject(scene);
  };
  await underWay.goOn(expected === "fails" && endsAtOnce(meanwhile), again);
  const visits = await Promise.all([
    beginVisit(active, meanwhile, scene),
    beginVisit(idle, renewals, scene),
  ]);
  for (const { expectPending } of visits) expectPending();
  await fault.heal(scene);
  for (const { expectEnd } of visits) await expectEnd();

  const outcome = await underWay.end();
  expect([undefined, expected]).toContain(outcome);
  if (underWay.username === undefined) return;
  const stored = await scene.read(storedSql(underWay.username));
  const stores = fault.stores ?? expected === "succeeds";
  expect(stored).toEqual(stores ? [underWay.username] : []);
}

/** Work that is done the first time that it is asked for. */
export function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}

const storedSql = (username: string) =>
  `select username from auth_user where username = '${username}'`;

/** The next calls work, and nothing is left of the fault. */
async function expectRecovered(scene: Scene): Promise<void> {
  const { app, visitors, pool, ledger } = scene;
  for (const browser of Object.values(visitors)) {
    expect(await visit(browser, pool.max)).toBe("succeeds");
  }
  await expectNothingLost(scene.read, ledger);
  expectHonestErrors(ledger);
  await expectWholePool(pool);
  await app.close();
}
