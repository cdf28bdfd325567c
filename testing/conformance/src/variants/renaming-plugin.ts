import { type KyselyPlugin, OperationNodeTransformer, SchemableIdentifierNode } from "kysely";

/** Lets the app's own queries in the tests, which say `auth_user`, find the table. */
export function renaming(schema?: string): KyselyPlugin {
  const renamer = new Renamer(schema);
  return {
    transformQuery: ({ node, queryId }) => renamer.transformNode(node, queryId),
    transformResult: async ({ result }) => result,
  };
}

class Renamer extends OperationNodeTransformer {
  readonly #schema: string | undefined;

  constructor(schema: string | undefined) {
    super();
    this.#schema = schema;
  }

  protected override transformSchemableIdentifier(
    node: SchemableIdentifierNode,
  ): SchemableIdentifierNode {
    const { name } = node.identifier;
    if (!name.startsWith("auth_")) return node;
    return this.#schema
      ? SchemableIdentifierNode.createWithSchema(this.#schema, `my_${name}`)
      : SchemableIdentifierNode.create(`my_${name}`);
  }
}
