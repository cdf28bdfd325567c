import type { Fault } from "../fault.js";
import type { ServerScene } from "../server-scene.js";

const heal = async ({ proxy }: ServerScene) => proxy.set();

/** The network fails, while the server works. */
export const networkFaults: readonly Fault<ServerScene>[] = [
  {
    name: "the network resets all connections",
    inject: async ({ proxy }) => proxy.set({ cut: true }),
    heal,
    underWay: "fails",
    meanwhile: "fail at once",
  },
  {
    name: "the server's half of all connections is closed",
    inject: async ({ proxy }) => proxy.set({ ends: "client" }),
    heal,
    underWay: "fails",
    meanwhile: "fail at once",
  },
  {
    name: "the app's half of all connections is closed, and it does not hear of the other",
    inject: async ({ proxy }) => proxy.set({ ends: "server", mutes: "client" }),
    heal,
    underWay: "fails",
    meanwhile: "end when it is healed",
  },
  {
    name: "the network lets nothing through for a while",
    inject: async ({ proxy }) => proxy.set({ hold: true }),
    heal,
    underWay: "succeeds",
    meanwhile: "succeed when it is healed",
  },
  {
    name: "the network is slow",
    inject: async ({ proxy }) => proxy.set({ delay: 10 }),
    heal,
    underWay: "succeeds",
    meanwhile: "succeed at once",
  },
];

/** The driver gives up; the server gets what it was sent all the same. */
export const silence: Fault<ServerScene> = {
  name: "the network lets nothing through for longer than the driver waits",
  pool: "impatient",
  inject: async ({ proxy }) => proxy.set({ hold: true }),
  heal,
  underWay: "fails",
  meanwhile: "fail at once",
};
