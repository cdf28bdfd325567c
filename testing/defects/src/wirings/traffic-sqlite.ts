import type SQLite from "better-sqlite3";
import type { Traffic } from "./wiring.js";

/** Counts what the statements run that are prepared on this handle from now on. */
export function countSqliteTraffic(database: SQLite.Database): Traffic {
  const traffic = { statements: 0, rows: 0 };
  const prepare: (source: string) => SQLite.Statement = database.prepare.bind(database);

  const countingPrepare = (source: string): SQLite.Statement => {
    const statement = prepare(source);
    const { run, get, all } = statement;
    return Object.assign(statement, {
      run: (...parameters: unknown[]) => {
        traffic.statements += 1;
        return run.apply(statement, parameters);
      },
      get: (...parameters: unknown[]) => {
        const row = get.apply(statement, parameters);
        traffic.statements += 1;
        traffic.rows += row === undefined ? 0 : 1;
        return row;
      },
      all: (...parameters: unknown[]) => {
        const rows = all.apply(statement, parameters);
        traffic.statements += 1;
        traffic.rows += rows.length;
        return rows;
      },
    });
  };
  Object.assign(database, { prepare: countingPrepare });
  return traffic;
}
