import { tracingChannel } from "node:diagnostics_channel";
import type { Traffic } from "./wiring.js";

/** Counts what `mysql2` tells of all queries of the process, as text or prepared, from now on. */
export function countMysqlTraffic(): Traffic {
  const traffic = { statements: 0, rows: 0 };
  for (const name of ["mysql2:query", "mysql2:execute"]) {
    tracingChannel(name).subscribe({
      start: () => {},
      end: () => {},
      asyncStart: () => {},
      asyncEnd: (message) => {
        const { result } = message as { readonly result?: unknown };
        traffic.statements += 1;
        traffic.rows += Array.isArray(result) ? result.length : 0;
      },
      error: () => {},
    });
  }
  return traffic;
}
