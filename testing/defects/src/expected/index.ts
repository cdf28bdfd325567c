import type { DatabaseName, Scenario } from "../scenarios/scenario.js";
import type { Wirer } from "../wirings/index.js";
import { byHandEverywhere } from "./by-hand-everywhere.js";
import { byHandMysql } from "./by-hand-mysql.js";
import { byHandPostgres } from "./by-hand-postgres.js";
import { byHandSqlite } from "./by-hand-sqlite.js";
import type { Expected } from "./result.js";

export { differences } from "./result.js";

/** How each defect shows by hand, which differs by database. */
const byHand: Readonly<Record<DatabaseName, Readonly<Record<string, Expected>>>> = {
  sqlite: byHandSqlite,
  postgres: byHandPostgres,
  mysql: byHandMysql,
};

/**
 * What has to become of a scenario. By hand it fails, and in the very way that is known, so that a
 * wiring that is merely broken is not taken for a proof.
 */
export function expectedOf(scenario: Scenario, wirer: Wirer, database: DatabaseName): Expected {
  if (wirer === "ours" && !scenario.keptBecause) return { outcome: "held" };
  const shown = byHand[database][scenario.id] ?? byHandEverywhere[scenario.id];
  if (!shown) throw new Error(`How does ${scenario.id} show by hand on ${database}?`);
  return shown;
}
