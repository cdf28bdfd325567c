import {
  checkCallOptions,
  oneOf,
  type Rules,
  trueOrFalse,
  wholeNumber,
} from "../check-call-options.js";
import { ConfigurationError } from "../configuration-error.js";
import type { AnyKysely } from "../executor.js";
import { MigrationHistory } from "./history.js";
import { locked } from "./lock.js";
import { planTables } from "./plan.js";
import { planRemoval } from "./plan-removal.js";
import { refuse } from "./refuse.js";
import { removeTables } from "./remove-tables.js";
import { migrationOf, runSteps } from "./run-steps.js";
import { MIGRATIONS, type Step } from "./step.js";
import type { WantedTables } from "./wanted-tables.js";

/** How `migrate` goes about it. */
export interface MigrateOptions {
  /**
   * `"up"` creates and completes the tables. `"down"` removes them where all of them are empty, with the history.
   * Default: `"up"`.
   */
  direction?: "up" | "down";
  /** Only says what would be run. Default: false. */
  dryRun?: boolean;
  /**
   * How long to wait for another process that migrates, and for a table that others use, in seconds. Default: 60. At most
   * 86,400, a day.
   */
  lockTimeout?: number;
}

/** What `migrate` has done, or would do. */
export interface MigrateResult {
  /** The statements, in their order, without those of the history. Empty where all was as it should be. */
  readonly sql: readonly string[];
}

const RULES: Rules = {
  direction: oneOf(["up", "down"]),
  dryRun: trueOrFalse,
  // MySQL takes no more.
  lockTimeout: wholeNumber(0, 60, 86_400),
};

/** See `migrate` of the factory's result. */
export async function migrate(
  db: AnyKysely,
  wanted: WantedTables,
  options: MigrateOptions = {},
): Promise<MigrateResult> {
  checkCallOptions("migrate", options, RULES);
  const { direction = "up", dryRun = false, lockTimeout = 60 } = options;
  const work = async (connection: AnyKysely) => {
    const history = new MigrationHistory(connection, wanted);
    refuseLater(await history.readLater());
    const done = await history.read();
    if (direction === "down") {
      if (dryRun) return sqlOf(await planRemoval(connection, wanted));
      const removal = await removeTables(connection, wanted);
      await history.remove();
      return sqlOf(removal);
    }
    const steps = await planTables(connection, wanted);
    refuse(steps, wanted);
    // All that is left to do, also where a migration has been run before: its work may have been undone. Where that is
    // nothing, others may have made the tables, and this role may have no right to write the history.
    const isWork = steps.some(({ statements = [] }) => statements.length > 0) || done.length > 0;
    if (dryRun || !isWork) return sqlOf(steps);
    for (const name of MIGRATIONS) {
      const own = steps.filter((step) => migrationOf(step) === name);
      await runSteps(connection, wanted, own);
      if (!done.includes(name)) await history.add(name);
    }
    return sqlOf(steps);
  };
  return await (dryRun
    ? db.connection().execute(work)
    : locked(db, wanted.spec, lockTimeout, work));
}

/** @throws ConfigurationError where a later version of this package has migrated the database */
function refuseLater(later: readonly string[]): void {
  if (later.length === 0) return;
  throw new ConfigurationError(
    `The database has had migrations that this version of kysely-lucia does not know: ${later.join(", ")}. A later ` +
      `version has migrated it; this one knows ${MIGRATIONS.join(", ")}. Install that later version. Nothing was changed.`,
  );
}

type Statements = Pick<Step, "statements">;

function sqlOf(steps: readonly Statements[]): MigrateResult {
  const statements = steps.flatMap((step) => step.statements ?? []);
  return { sql: statements.map((statement) => statement.compile().sql) };
}
