import type { DefaultTableNames, TableNames } from "@kysely-lucia/schema";
import {
  IdentifierNode,
  type KyselyPlugin,
  OperationNodeTransformer,
  SchemableIdentifierNode,
} from "kysely";
import type { AnyOptions } from "./options.js";

/** Lucia's own names, which core writes its queries with. */
const DEFAULT_NAMES: DefaultTableNames = {
  user: "auth_user",
  session: "auth_session",
  key: "auth_key",
};

/** Where a table is found. */
export interface TableName {
  /** Undefined where the database itself decides, such as by PostgreSQL's `search_path`. */
  readonly schema: string | undefined;
  readonly name: string;
}

/** The auth tables as they are called in the app's database. */
export class AuthTableNames {
  readonly #names: ReadonlyMap<string, TableName>;
  /** The schema of the tables, where the caller has named one. */
  readonly schema: string | undefined;
  /** Lets queries that were written with Lucia's own names find the tables. */
  readonly plugin: KyselyPlugin;

  /** @param options with `tables` and `databaseSchema` as the caller has given them, checked */
  constructor({
    tables = DEFAULT_NAMES,
    databaseSchema,
  }: Pick<AnyOptions, "tables" | "databaseSchema">) {
    const entries = Object.entries(DEFAULT_NAMES).map(([purpose, known]) => {
      const name = tables[purpose as keyof TableNames];
      return [known, { schema: databaseSchema, name }] as const;
    });
    this.#names = new Map(entries);
    this.schema = databaseSchema;
    const renamer = new TableRenamer(this.#names);
    this.plugin = {
      transformQuery: ({ node, queryId }) => renamer.transformNode(node, queryId),
      transformResult: async ({ result }) => result,
    };
  }

  /** All of them, each with its schema where the caller has named one. */
  get qualified(): TableNames {
    const inSchema = (known: string) =>
      this.schema === undefined ? this.nameOf(known) : `${this.schema}.${this.nameOf(known)}`;
    return {
      user: inSchema(DEFAULT_NAMES.user),
      session: inSchema(DEFAULT_NAMES.session),
      key: inSchema(DEFAULT_NAMES.key),
    };
  }

  /** Where the table is that core calls by this name. */
  find(known: string): TableName {
    return this.#names.get(known) ?? { schema: this.schema, name: known };
  }

  /** The name, without its schema, of the table that core calls by this name. */
  nameOf(known: string): string {
    return this.find(known).name;
  }
}

class TableRenamer extends OperationNodeTransformer {
  readonly #names: ReadonlyMap<string, TableName>;

  constructor(names: ReadonlyMap<string, TableName>) {
    super();
    this.#names = names;
  }

  protected override transformSchemableIdentifier(
    node: SchemableIdentifierNode,
  ): SchemableIdentifierNode {
    const found = node.schema ? undefined : this.#names.get(node.identifier.name);
    if (!found) return node;
    return found.schema === undefined
      ? { ...node, identifier: IdentifierNode.create(found.name) }
      : SchemableIdentifierNode.createWithSchema(found.schema, found.name);
  }
}
