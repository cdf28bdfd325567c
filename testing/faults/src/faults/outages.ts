import type { Fault } from "../fault.js";
import type { ServerScene } from "../server-scene.js";

/** The server is gone, or it ends connections. */
export const outages: readonly Fault<ServerScene>[] = [
  {
    name: "the server is killed and starts again",
    isDirect: true,
    inject: ({ server }) => server.kill(),
    heal: ({ server }) => server.restart(),
    underWay: "fails",
    meanwhile: "fail at once",
  },
  {
    name: "the server ends all connections",
    inject: ({ system, beside }) => system.terminateOthers(beside),
    heal: async () => {},
    underWay: "fails",
    meanwhile: "succeed at once",
  },
];
