import { ConfigurationError } from "../configuration-error.js";
import { messageOf } from "../describe-value.js";
import type { AnyKysely } from "../executor.js";
import type { AuthTableNames } from "../table-names.js";
import { MIGRATIONS } from "./step.js";
import type { WantedTables } from "./wanted-tables.js";

/** In the form of Kysely's own history, under a name that no app has. */
export const HISTORY_TABLE = "kysely_lucia_migration";

/**
 * Which migrations a database has had. Apps with other names for their tables have their own history in the same
 * table: its entries begin with the name of the table of users.
 */
export class MigrationHistory {
  readonly #db: AnyKysely;
  readonly #wanted: WantedTables;
  readonly #place: ReturnType<AuthTableNames["find"]>;
  readonly #prefix: string;

  constructor(db: AnyKysely, wanted: WantedTables) {
    const { schema } = wanted.names;
    this.#db = schema === undefined ? db.withoutPlugins() : db.withoutPlugins().withSchema(schema);
    this.#wanted = wanted;
    this.#place = { schema, name: HISTORY_TABLE };
    this.#prefix = `${wanted.names.nameOf("auth_user")}/`;
  }

  /** The names of the migrations. Empty where there is no history. */
  async read(): Promise<string[]> {
    const all = await this.#all();
    return all.filter((name) => this.#isOwn(name)).map((name) => name.slice(this.#prefix.length));
  }

  /** The names of those that a later version of this package has run. */
  async readLater(): Promise<string[]> {
    const known: readonly string[] = MIGRATIONS;
    return (await this.read()).filter((name) => !known.includes(name));
  }

  async add(name: string): Promise<void> {
    if (!(await this.#isThere())) await this.#create();
    const entry = { name: this.#prefix + name, timestamp: new Date().toISOString() };
    await this.#db.insertInto(HISTORY_TABLE).values(entry).execute();
  }

  /** Removes the entries of these tables, and the whole table with the last of all. */
  async remove(): Promise<void> {
    const all = await this.#all();
    const own = all.filter((name) => this.#isOwn(name));
    if (own.length > 0) await this.#db.deleteFrom(HISTORY_TABLE).where("name", "in", own).execute();
    if (all.length === own.length)
      await this.#db.schema.dropTable(HISTORY_TABLE).ifExists().execute();
  }

  /** Those of a table `a/b` are none of a table `a`. */
  #isOwn(name: string): boolean {
    return name.startsWith(this.#prefix) && !name.slice(this.#prefix.length).includes("/");
  }

  async #create(): Promise<void> {
    const { columnTypes, tableOptions } = this.#wanted.spec;
    // A name of a table in it is of any characters, as ids are.
    const { id } = await columnTypes(this.#db.withoutPlugins());
    const create = this.#db.schema
      .createTable(HISTORY_TABLE)
      .addColumn("name", id, (column) => column.notNull().primaryKey())
      .addColumn("timestamp", "varchar(255)", (column) => column.notNull());
    await (tableOptions ? create.modifyEnd(tableOptions) : create).execute();
  }

  async #all(): Promise<string[]> {
    if (!(await this.#isThere())) return [];
    const query = this.#db.selectFrom(HISTORY_TABLE).select("name").orderBy("name");
    const rows = await query.execute().catch((error: unknown) => {
      throw this.#wanted.spec.classifyError(error) === "forbidden" ? unreadable(error) : error;
    });
    return rows.map(({ name }) => String(name));
  }

  async #isThere(): Promise<boolean> {
    const [table] = await this.#wanted.spec.inspectTables(this.#db.withoutPlugins(), [this.#place]);
    // That of another database, which is attached, is about other tables.
    return table !== undefined && table.otherKind === undefined;
  }
}

function unreadable(cause: unknown): ConfigurationError {
  return new ConfigurationError(
    `migrate() may not read ${HISTORY_TABLE}, the table with what was migrated: the database said "${messageOf(cause)}". Give the role of ` +
      "this pool the right to select from it. Nothing was changed.",
    { cause },
  );
}
