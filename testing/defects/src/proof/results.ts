import { type Defect, defectOf } from "../defects.js";
import { isRunOn, scenarios } from "../scenarios/index.js";
import type { DatabaseName } from "../scenarios/scenario.js";
import type { Wirer } from "../wirings/index.js";
import type { Verdict } from "./verdict.js";

/** A database that was proved on. */
interface Column {
  readonly database: DatabaseName;
  /** Such as `MariaDB`. */
  readonly label: string;
}

/** All that tables are made of. */
export interface Results {
  /** The rows. */
  readonly defects: readonly Defect[];
  readonly columns: readonly Column[];
  readonly verdicts: readonly Verdict[];
  /** What it was all run with, such as `kysely 0.28.18`. */
  readonly versions: readonly string[];
}

/** The worst first. */
const STATUSES = ["not run", "fails", "kept", "holds"] as const;

/** What one defect comes to on one wiring and one database; undefined where it is not run there. */
export function cellText(
  { verdicts }: Results,
  defect: Defect,
  wirer: Wirer,
  database: DatabaseName,
): string | undefined {
  const own = verdicts.filter(
    ({ cell }) =>
      defectOf(cell.scenario.id) === defect && cell.wirer === wirer && cell.database === database,
  );
  const status = STATUSES.find((one) => own.some((verdict) => verdict.status === one));
  if (!status) return undefined;
  const words = own.filter((verdict) => verdict.status === status).map((verdict) => verdict.words);
  const said = [...new Set(words)].filter((one) => one !== "").join("; ");
  const unexpected = own.some(({ problems }) => problems.length > 0) ? "NOT AS EXPECTED: " : "";
  return `${unexpected}${status}${said && ": "}${said}`;
}

/** Why a defect is not run on a database. */
export function reasonOf(defect: Defect, database: DatabaseName): string {
  const scenario = scenarios.find((one) => defectOf(one.id) === defect && !isRunOn(one, database));
  return scenario?.only?.because ?? "was not asked for";
}
