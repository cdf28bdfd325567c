import type { OwnServer } from "@kysely-lucia/services";
import { afterAll, beforeAll, describe, onTestFinished, test } from "vitest";
import type { Fault } from "./fault.js";
import { exhaustedPool } from "./faults/exhausted-pool.js";
import { lostCommits } from "./faults/lost-commits.js";
import { networkFaults } from "./faults/network.js";
import { outages } from "./faults/outages.js";
import { moments } from "./moments.js";
import { inQuery } from "./server-moments.js";
import { openServerScene, type ServerScene } from "./server-scene.js";
import type { System } from "./systems/system.js";
import { once, testFaults } from "./test-faults.js";
import { transactions } from "./transactions.js";

const { idle, load } = moments;
const { plain, catching } = transactions;

/** Tests all faults of servers on one system, on a server that nobody else uses. */
export function testServerFaults(system: System): void {
  let server: OwnServer;
  beforeAll(async () => {
    server = await system.start();
  });
  afterAll(() => server.stop());
  const open = (fault: Fault<ServerScene>) => openServerScene(system, server, fault);

  testFaults(
    open,
    [...outages, ...networkFaults, ...lostCommits, ...exhaustedPool, ...system.faults],
    [idle, plain, catching, inQuery, load, ...system.moments],
  );

  describe("an app that is idle is closed at once", () => {
    for (const fault of [...outages, ...networkFaults]) {
      test(`while this lasts: ${fault.name}`, async () => {
        const scene = await open(fault);
        const heal = once(() => fault.heal(scene));
        onTestFinished(() => heal().then(() => scene.remove()));
        await fault.inject(scene);
        await scene.app.close();
        await heal();
      });
    }
  });
}
