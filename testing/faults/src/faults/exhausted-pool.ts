import type { Fault, Scene } from "../fault.js";
import { moments } from "../moments.js";
import { gate, until } from "../until.js";

/** What ends the transactions that hold the connections of a scene. */
const endings = new WeakMap<Scene, () => Promise<void>>();

/** As many transactions as there are connections, which do nothing. Those that find none wait in line. */
async function holdAll(scene: Scene): Promise<void> {
  const { app, pool } = scene;
  const ending = gate();
  const held = Array.from({ length: pool.max }, () => app.transaction(() => ending.opened));
  endings.set(scene, async () => {
    ending.open();
    await Promise.all(held);
  });
  await until("all connections are in use", () => pool.load().inUse === pool.max);
}

const endAll = async (scene: Scene) => endings.get(scene)?.();

/** All connections of the pool are in transactions. */
export const exhaustedPool: readonly Fault[] = [
  {
    name: "the pool is exhausted",
    inject: holdAll,
    heal: endAll,
    underWay: "succeeds",
    meanwhile: "succeed when it is healed",
  },
  {
    name: "a pool of one connection is exhausted",
    pool: "single",
    inject: holdAll,
    heal: endAll,
    underWay: "succeeds",
    meanwhile: "succeed when it is healed",
  },
  {
    name: "the pool is exhausted, and nobody waits for long",
    pool: "impatient",
    moments: [moments.idle],
    inject: holdAll,
    heal: endAll,
    underWay: "fails",
    meanwhile: "fail at once",
  },
];
