import {
  ColumnDefinitionBuilder,
  type ColumnDefinitionNode,
  type Compilable,
  type CreateTableBuilder,
  sql,
} from "kysely";
import { ConfigurationError } from "../configuration-error.js";
import { describeValue } from "../describe-value.js";
import type { AuthColumnTypes, DataType, DialectSpec } from "../dialect-spec.js";
import type { AnyKysely } from "../executor.js";
import type { AnyOptions, UserColumns } from "../options.js";
import { AuthTableNames } from "../table-names.js";
import { AUTH_COLUMNS, type AuthColumn, type AuthTable, type OwnedTable } from "./auth-tables.js";
import type { LiveForeignKey } from "./live-tables.js";

// biome-ignore lint/suspicious/noExplicitAny: tables of any columns
type AnyTable = CreateTableBuilder<string, any>;

/** The options that are about tables. */
export type TableOptions = Pick<
  AnyOptions,
  "tables" | "databaseSchema" | "userColumns" | "foreignKeys"
>;

/** What the tables of one app are to be. */
export interface WantedTables {
  readonly spec: DialectSpec;
  readonly names: AuthTableNames;
  readonly userColumns: UserColumns;
  /** Whether keys and sessions refer to their users. */
  readonly foreignKeys: boolean;
}

export function wantedTables(spec: DialectSpec, options: TableOptions): WantedTables {
  const { userColumns = (table) => table, foreignKeys = true } = options;
  return { spec, names: new AuthTableNames(options), userColumns, foreignKeys };
}

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

  /** Which key of a user was the first one is known where there is but one that does not expire. */
  addColumn(table: AuthTable, { name, type }: AuthColumn): Compilable[] {
    const alter = this.#db.schema.alterTable(table);
    if (type !== "boolean") return [alter.addColumn(name, this.#types[type])];
    const onlyKeys = this.#db
      .selectFrom(table)
      .select("user_id")
      .where("expires", "is", null)
      .groupBy("user_id")
      .having(({ fn }) => fn.countAll(), "=", sql.lit(1));
    const [no, yes] = [false, true].map((value) => sql.lit(this.#wanted.spec.encodeBoolean(value)));
    return [
      alter.addColumn(name, this.#types[type], (column) => column.notNull().defaultTo(no)),
      this.#db
        .updateTable(table)
        .set({ [name]: yes })
        .where("expires", "is", null)
        // MySQL refuses to read a table that it changes, unless it has been read before.
        .where("user_id", "in", this.#db.selectFrom(onlyKeys.as("only")).select("only.user_id")),
    ];
  }

  /** The app's own columns of `auth_user`. */
  get userColumns(): readonly ColumnDefinitionNode[] {
    const { columns } = this.#createUsers().toOperationNode();
    return columns.filter(({ column }) => column.column.name !== "id");
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

  /** Gives a column the type that it should have. Undefined where the database cannot change columns. */
  changeColumn(table: AuthTable, column: AuthColumn): Compilable | undefined {
    const { name, type, isNullable = false } = column;
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

  /** Adds one that had to be dropped, as it was. */
  restoreForeignKey(
    table: OwnedTable,
    { name, columns, onDelete, onUpdate }: LiveForeignKey,
  ): Compilable {
    return this.#db.schema
      .alterTable(table)
      .addForeignKeyConstraint(name, [...columns], "auth_user", ["id"])
      .onDelete(onDelete)
      .onUpdate(onUpdate);
  }

  dropForeignKey(table: OwnedTable, name: string): Compilable {
    return this.#db.schema.alterTable(table).dropConstraint(name);
  }

  makeTransactional(table: AuthTable): Compilable {
    const statement = sql`alter table ${sql.table(table)} ${this.#wanted.spec.tableOptions ?? sql``}`;
    return { compile: () => statement.compile(this.#db) };
  }

  createIndex(table: OwnedTable, columns: readonly string[]): Compilable {
    return this.#db.schema
      .createIndex(this.indexName(table, columns))
      .on(table)
      .columns([...columns]);
  }

  indexName(table: OwnedTable, columns: readonly string[]): string {
    return `${this.#wanted.names.nameOf(table)}_${columns.join("_")}_index`;
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
