import {
  ColumnDefinitionBuilder,
  type ColumnDefinitionNode,
  type Compilable,
  type CreateTableBuilder,
  sql,
} from "kysely";
import { ConfigurationError } from "../configuration-error.js";
import { describeValue } from "../describe-value.js";
import type { AuthColumnTypes, DataType } from "../dialect-spec.js";
import type { AnyKysely } from "../executor.js";
import type { UserColumns } from "../options.js";
import { AUTH_COLUMNS, type AuthColumn, type AuthTable, type OwnedTable } from "./auth-tables.js";
import { droppedForeignKeysTable, type OwnedForeignKey } from "./dropped-foreign-keys.js";
import type { LiveColumn } from "./live-tables.js";
import type { WantedTables } from "./wanted-tables.js";

// biome-ignore lint/suspicious/noExplicitAny: tables of any columns
type AnyTable = CreateTableBuilder<string, any>;

/** The statements that create and change the auth tables, none of which takes parameters. */
export class TableStatements {
  readonly #db: AnyKysely;
  readonly #wanted: WantedTables;
  readonly #types: AuthColumnTypes;

  /** @param db without plugins of the app's, with the one that knows the names of the tables */
  constructor(db: AnyKysely, wanted: WantedTables, types: AuthColumnTypes) {
    this.#db = db;
    this.#wanted = wanted;
    this.#types = types;
  }

  /** @param userIdType of ids of users. Default: the one of all ids */
  createTable(table: AuthTable, userIdType?: DataType): Compilable {
    const { spec, foreignKeys } = this.#wanted;
    let create: AnyTable =
      table === "auth_user" ? this.#createUsers() : this.#create(table, userIdType);
    if (table !== "auth_user" && foreignKeys) {
      create = create.addForeignKeyConstraint(this.#foreignKeyOf(table), ["user_id"], "auth_user", [
        "id",
      ]);
    }
    return spec.tableOptions ? create.modifyEnd(spec.tableOptions) : create;
  }

  /** What is to be filled in comes without values, and gets them by {@link fillIn}, so that it is seen when it has not. */
  addColumn(
    table: AuthTable,
    { name, type, isNullable }: AuthColumn,
    types: AuthColumnTypes = this.#types,
  ): Compilable[] {
    const alter = this.#db.schema.alterTable(table);
    if (isNullable) return [alter.addColumn(name, types[type])];
    if (this.#wanted.spec.changeColumn) {
      return [alter.addColumn(name, types[type]), ...this.fillIn(table)];
    }
    const no = this.#boolean(false);
    const add = alter.addColumn(name, types[type], (column) => column.notNull().defaultTo(no));
    return [add, this.#markPrimaryKeys(table)];
  }

  /** Says of all keys whether they are primary ones, and keeps it from being left open. */
  fillIn(table: AuthTable): Compilable[] {
    const others = this.#db
      .updateTable(table)
      .set({ primary_key: this.#boolean(false) })
      .where("primary_key", "is", null);
    const alter = this.#db.schema.alterTable(table);
    const type = this.#types.boolean;
    const refuseNull = this.#wanted.spec.changeColumn?.(alter, "primary_key", type, false);
    return [this.#markPrimaryKeys(table), others, ...(refuseNull ? [refuseNull] : [])];
  }

  /** Which key of a user was the first one is known where there is but one that does not expire. */
  #markPrimaryKeys(table: AuthTable): Compilable {
    const onlyKeys = this.#db
      .selectFrom(table)
      .select("user_id")
      .where("expires", "is", null)
      .groupBy("user_id")
      .having(({ fn }) => fn.countAll(), "=", sql.lit(1));
    return (
      this.#db
        .updateTable(table)
        .set({ primary_key: this.#boolean(true) })
        .where("expires", "is", null)
        // MySQL refuses to read a table that it changes, unless it has been read before.
        .where("user_id", "in", this.#db.selectFrom(onlyKeys.as("only")).select("only.user_id"))
    );
  }

  #boolean(value: boolean) {
    return sql.lit(this.#wanted.spec.encodeBoolean(value));
  }

  /** The app's own columns of `auth_user`. */
  get userColumns(): readonly ColumnDefinitionNode[] {
    const { columns } = this.#createUsers().toOperationNode();
    return columns.filter(({ column }) => column.column.name !== "id");
  }

  /** Whether a constraint of the table itself, and not of the column, is about this column of the app's. */
  isInConstraint({ column }: ColumnDefinitionNode): boolean {
    const { constraints = [] } = this.#createUsers().toOperationNode();
    const name = JSON.stringify(column.column.name).slice(1, -1);
    // A check has no list of columns, but their names in its text.
    return constraints.some((constraint) => JSON.stringify(constraint).includes(name));
  }

  addUserColumn(column: ColumnDefinitionNode): Compilable[] {
    const { name } = column.column.column;
    const add = (node: ColumnDefinitionNode) =>
      this.#db.schema
        .alterTable("auth_user")
        .addColumn(name, "text", () => new ColumnDefinitionBuilder(node));
    if (!column.unique || this.#wanted.spec.changeColumn) return [add(column)];
    const unique = this.#db.schema
      .createIndex(`${this.#wanted.names.nameOf("auth_user")}_${name}_unique`)
      .on("auth_user")
      .column(name)
      .unique();
    return [add({ ...column, unique: false }), unique];
  }

  /**
   * Gives a column the type that it should have. Undefined where the database cannot change columns, and where one would lose
   * something by it: characters, what the app has made its default, a comment.
   */
  changeColumn(table: AuthTable, column: AuthColumn, live: LiveColumn): Compilable | undefined {
    const { name, type, isNullable = false } = column;
    const { maxIdLength = Number.POSITIVE_INFINITY } = this.#wanted.spec;
    const holdsMore = type === "id" && live.maxLength !== undefined && live.maxLength > maxIdLength;
    if (holdsMore || live.hasDefault || live.hasMore) return undefined;
    const alter = this.#db.schema.alterTable(table);
    return this.#wanted.spec.changeColumn?.(alter, name, this.#types[type], isNullable);
  }

  /** Undefined where the database has foreign keys from the beginning or never. */
  addForeignKey(table: OwnedTable): Compilable | undefined {
    if (!this.#wanted.spec.changeColumn) return undefined;
    return this.#db.schema
      .alterTable(table)
      .addForeignKeyConstraint(this.#foreignKeyOf(table), ["user_id"], "auth_user", ["id"]);
  }

  dropForeignKey({ table, name }: OwnedForeignKey): Compilable {
    return this.#db.schema.alterTable(table).dropConstraint(name);
  }

  /** Adds one to the table of users that had to be dropped, as it was. */
  restoreForeignKey({ table, name, onDelete, onUpdate }: OwnedForeignKey): Compilable {
    return this.#db.schema
      .alterTable(table)
      .addForeignKeyConstraint(name, ["user_id"], "auth_user", ["id"])
      .onDelete(onDelete)
      .onUpdate(onUpdate);
  }

  /** Writes down foreign keys before they are dropped: what is broken off then can be completed as it was meant. */
  noteForeignKeys(keys: readonly OwnedForeignKey[]): Compilable[] {
    if (keys.length === 0) return [];
    const { names, spec } = this.#wanted;
    const create = this.#db.schema
      .createTable(droppedForeignKeysTable(this.#wanted))
      .ifNotExists()
      // As ids, names are of any characters.
      .addColumn("table_name", this.#types.id, (column) => column.notNull())
      .addColumn("name", this.#types.id, (column) => column.notNull())
      .addColumn("on_delete", "varchar(64)", (column) => column.notNull())
      .addColumn("on_update", "varchar(64)", (column) => column.notNull())
      .addPrimaryKeyConstraint("kysely_lucia_foreign_key_pk", ["table_name", "name"]);
    const rows = keys.map(({ table, name, onDelete, onUpdate }) => ({
      table_name: sql.lit(names.nameOf(table)),
      name: sql.lit(name),
      on_delete: sql.lit(onDelete),
      on_update: sql.lit(onUpdate),
    }));
    return [
      spec.tableOptions ? create.modifyEnd(spec.tableOptions) : create,
      this.#db.insertInto(droppedForeignKeysTable(this.#wanted)).values(rows),
    ];
  }

  forgetForeignKeys(): Compilable {
    return this.#db.schema.dropTable(droppedForeignKeysTable(this.#wanted));
  }

  makeTransactional(table: AuthTable): Compilable {
    const statement = sql`alter table ${sql.table(table)} ${this.#wanted.spec.tableOptions ?? sql``}`;
    return { compile: () => statement.compile(this.#db) };
  }

  indexName(table: OwnedTable, columns: readonly string[]): string {
    return `${this.#wanted.names.nameOf(table)}_${columns.join("_")}_index`;
  }

  createIndex(table: OwnedTable, columns: readonly string[]): Compilable {
    return this.#db.schema
      .createIndex(this.indexName(table, columns))
      .on(table)
      .columns([...columns]);
  }

  #foreignKeyOf(table: OwnedTable): string {
    return `${this.#wanted.names.nameOf(table)}_user_id_fk`;
  }

  #create(table: AuthTable, userIdType = this.#types.id): AnyTable {
    let create: AnyTable = this.#db.schema.createTable(table);
    for (const { name, type, isNullable } of AUTH_COLUMNS[table]) {
      create = create.addColumn(
        name,
        name === "user_id" ? userIdType : this.#types[type],
        (column) => {
          const definition = isNullable ? column : column.notNull();
          return name === "id" ? definition.primaryKey() : definition;
        },
      );
    }
    return create;
  }

  #createUsers(): AnyTable {
    const table = this.#wanted.userColumns(this.#create("auth_user") as Parameters<UserColumns>[0]);
    if (typeof Object(table).toOperationNode === "function") return table;
    throw new ConfigurationError(
      `The option \`userColumns\` has returned ${describeValue(table)}. Expected the table that it was given, ` +
        'with columns added: `userColumns: (table) => table.addColumn("username", "varchar(255)")`.',
    );
  }
}
