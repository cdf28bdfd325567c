import type { OwnServer } from "@kysely-lucia/services";
import { createTables } from "./app.js";
import type { Fault, Scene } from "./fault.js";
import { Ledger } from "./ledger.js";
import { type NetworkProxy, startProxy } from "./proxy.js";
import type { Beside, System } from "./systems/system.js";
import { signVisitorsIn } from "./visitors.js";

/** A scene on a database server, with a network between it and the code under test. */
export interface ServerScene extends Scene {
  readonly system: System;
  readonly server: OwnServer;
  readonly proxy: NetworkProxy;
  /** A connection past the network. */
  readonly beside: Beside;
  /** The id of the first visitor. */
  readonly userId: string;
}

/** Makes the scene of one test, on a database of its own. */
export async function openServerScene(
  system: System,
  server: OwnServer,
  { pool: kind = "usual", isDirect = false }: Pick<Fault, "pool" | "isDirect">,
): Promise<ServerScene> {
  const database = await system.createDatabase(server.url);
  const proxy = await startProxy(database.url);
  const before = system.open(database.url, "usual");
  await createTables(before.app);
  await before.app.close();
  const { app, pool } = system.open(isDirect ? database.url : proxy.url, kind);
  const beside = await system.connect(database.url);
  return {
    ...(await signVisitorsIn(app)),
    ...{ system, server, proxy, app, pool, beside, ledger: new Ledger() },
    read: async (query) => {
      const once = await system.connect(database.url);
      try {
        return await once.read(query);
      } finally {
        await once.end();
      }
    },
    remove: async () => {
      await proxy.close();
      await beside.end();
      await database.drop();
    },
  };
}
