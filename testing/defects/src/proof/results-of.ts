import { type RunningDatabase, startDatabase } from "../databases.js";
import type { DatabaseName } from "../scenarios/scenario.js";
import type { Arguments } from "./arguments.js";
import { cellsOf } from "./cells.js";
import { showProgress } from "./progress.js";
import { prove } from "./prove.js";
import type { Results } from "./results.js";
import { installedVersions } from "./versions.js";

type Databases = Partial<Record<DatabaseName, RunningDatabase>>;

/** Starts the databases, runs what was asked for, and stops them again. */
export async function resultsOf(asked: Arguments, signal: AbortSignal): Promise<Results> {
  const cells = cellsOf(asked.databases, asked.defects);
  const progress = showProgress(cells.length);
  const databases: Databases = {};
  try {
    await startAll(asked.databases, databases);
    const servers: { database: DatabaseName; version: string }[] = [];
    for (const database of asked.databases) {
      servers.push({ database, version: (await databases[database]?.version()) ?? "" });
    }
    const verdicts = await prove(cells, databases, progress, signal);
    return {
      defects: asked.defects,
      columns: servers.map(({ database, version }) => {
        const [label = ""] = version.split(" ", 1);
        return { database, label };
      }),
      verdicts,
      versions: [...(await installedVersions()), ...servers.map(({ version }) => version)],
    };
  } finally {
    progress.stop();
    for (const database of Object.values(databases)) await database.stop();
  }
}

/** Also notes those that started where another one did not, so that they can be stopped. */
async function startAll(names: readonly DatabaseName[], started: Databases): Promise<void> {
  const starts = names.map(async (name) => {
    started[name] = await startDatabase[name]();
  });
  for (const start of await Promise.allSettled(starts)) {
    if (start.status === "rejected") throw start.reason;
  }
}
