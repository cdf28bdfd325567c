import type { App } from "../app.js";
import { CliError, EXIT } from "../errors.js";
import { type AnyTables, type Database, databaseSqlOf, type Reference } from "./databases.js";
import type { Facts, Problem } from "./problems.js";

/** How many of what was found are shown. */
const EXAMPLES = 5;

/** Rows that have a problem. */
export interface Found {
  readonly problem: Problem;
  readonly rows: number;
  /** Ids. In place of those of sessions, which are secrets, those of their users. */
  readonly examples: readonly string[];
}

/** Of tables that are so, nothing can be said, or nothing can be mended as a whole. */
const REFUSED: readonly string[] = [
  "later_version",
  "missing_schema",
  "missing_table",
  "other_table",
  "no_transactions",
  "hidden_rows",
];

/** The tables of an app, and what its problems are judged by. */
export class Inspection {
  readonly #db: Database;
  readonly facts: Facts;
  /** Columns that are missing, as `table.column`. */
  readonly #missing: ReadonlySet<string>;

  private constructor(db: Database, facts: Facts, missing: ReadonlySet<string>) {
    this.#db = db;
    this.facts = facts;
    this.#missing = missing;
  }

  /** @throws CliError where the tables are not fit to be looked at */
  static async of({ db: appDb, tables, checkSchema }: App): Promise<Inspection> {
    const findings = await checkSchema();
    const unfit = findings.filter(({ code }) => REFUSED.includes(code));
    if (unfit.length > 0) {
      const places = unfit.map(
        ({ table = "", column, is }) =>
          `${column === undefined ? table : `${table}.${column}`} is ${is}`,
      );
      throw new CliError(
        `These tables cannot be judged: ${places.join("; ")}. \`check\` says more. Run \`migrate\` first, or check that this is ` +
          "the right database, and the right role.",
        EXIT.failed,
      );
    }
    const db = (appDb as unknown as Database).withoutPlugins();
    const databaseSql = databaseSqlOf(db);
    const referencesTo = async (table: string) => {
      const { rows } = await databaseSql.references(table, tables).execute(db);
      return byForeignKey(rows.filter(({ isOwn }) => !Number(isOwn)));
    };
    const references = {
      user: await referencesTo(tables.user),
      session: await referencesTo(tables.session),
      key: await referencesTo(tables.key),
    };
    const missing = findings
      .filter(({ code }) => code === "missing_column")
      .map(({ table, column }) => `${table}.${column}`);
    return new Inspection(
      db,
      { tables, databaseSql, references, now: Date.now() },
      new Set(missing),
    );
  }

  /** The column that a problem is about and that its table lacks. */
  lacks({ table, needs }: Problem): string | undefined {
    const column = `${this.#nameOf(table)}.${needs}`;
    return this.#missing.has(column) ? column : undefined;
  }

  async find(problem: Problem): Promise<Found> {
    const matching = this.#db
      .selectFrom(`${this.facts.tables[problem.table]} as t`)
      .where((eb) => problem.where(eb, this.facts));
    const rows = await countOf(matching);
    if (rows === 0) return { problem, rows, examples: [] };
    const column = problem.table === "session" ? "t.user_id" : "t.id";
    const ids = matching.select(`${column} as id`).distinct().orderBy("id").limit(EXAMPLES);
    const examples = (await ids.execute()).map(({ id }) => String(id));
    return { problem, rows, examples };
  }

  /** Sessions and single-use keys that have expired. */
  async countExpired(): Promise<number> {
    const { tables, now } = this.facts;
    const sessions = this.#db.selectFrom(tables.session).where("idle_expires", "<", now);
    const isWithoutKeys = this.#missing.has(`${this.#nameOf("key")}.expires`);
    const keys = this.#db.selectFrom(tables.key).where("expires", "<", now);
    return (await countOf(sessions)) + (isWithoutKeys ? 0 : await countOf(keys));
  }

  /** Without the schema, as findings have it. */
  #nameOf(table: Problem["table"]): string {
    return this.facts.tables[table].split(".").at(-1) ?? "";
  }
}

function byForeignKey(rows: readonly Reference[]): Reference[][] {
  const keys = new Map<string, Reference[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.schema, row.table, row.name]);
    keys.set(key, [...(keys.get(key) ?? []), row]);
  }
  return [...keys.values()];
}

async function countOf(query: AnyTables): Promise<number> {
  const { rows } = await query
    .select(({ fn }: AnyTables) => fn.countAll().as("rows"))
    .executeTakeFirstOrThrow();
  return Number(rows);
}
