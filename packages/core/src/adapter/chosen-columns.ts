import { type Compilable, type CompiledQuery, isOperationNodeSource } from "kysely";
import type { Attributes } from "./attributes.js";
import type { Statement, StatementBuilder } from "./build-statements.js";

/** With more, they are built anew: where a form is spread into the attributes, anybody chooses. */
const LIMIT = 50;

/**
 * A statement about columns of `auth_user` that the app chooses: built once for each choice. Where a value is an
 * expression of Kysely's, it is built each time.
 *
 * @param build the statement for these columns and their values
 */
export function forChosenColumns<Values extends readonly unknown[], Row>(
  prepare: StatementBuilder,
  build: (attributes: Attributes, ...values: Values) => Compilable<Row>,
): (attributes: Attributes, ...values: Values) => CompiledQuery<Row> {
  const statements = new Map<string, Statement<readonly unknown[], Row>>();

  const statementFor = (columns: readonly string[]) => {
    const choice = JSON.stringify(columns);
    const known = statements.get(choice);
    if (known) return known;
    if (statements.size === LIMIT) statements.clear();
    const statement = prepare((...places: readonly unknown[]) => {
      const chosen = columns.map((column, index) => [column, places[index]] as const);
      return build(
        Object.fromEntries(chosen),
        ...(places.slice(columns.length) as unknown as Values),
      );
    });
    statements.set(choice, statement);
    return statement;
  };

  return (attributes, ...values) => {
    const chosen = Object.entries(attributes).filter(([, value]) => value !== undefined);
    if (chosen.some(([, value]) => isExpression(value))) {
      return build(Object.fromEntries(chosen), ...values).compile();
    }
    const statement = statementFor(chosen.map(([column]) => column));
    return statement(...chosen.map(([, value]) => value), ...values);
  };
}

/** What Kysely makes SQL of, rather than a parameter. */
function isExpression(value: unknown): boolean {
  return typeof value === "function" || isOperationNodeSource(value);
}
