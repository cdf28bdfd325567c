import type { Compilable, CompiledQuery } from "kysely";

/** A statement for values that are given each time: built and compiled once. */
export type Statement<Values extends readonly unknown[], Row> = (
  ...values: Values
) => CompiledQuery<Row>;

/** Makes a statement of a function that builds a query for its values. */
export type StatementBuilder = <Values extends readonly unknown[], Row>(
  build: (...values: Values) => Compilable<Row>,
) => Statement<Values, Row>;

/** Stands for a value, by its place in the list, while a statement is built. */
class Place {
  constructor(readonly index: number) {}
}

/**
 * Builds and compiles queries once, at their first use, and puts in the values each time. Values have to be
 * bound as parameters: what a query does must not depend on them.
 *
 * @param onCompiled is told the SQL of each. Default: nobody is
 */
export function statementBuilder(
  onCompiled: (sql: string) => unknown = () => {},
): StatementBuilder {
  return <Values extends readonly unknown[], Row>(
    build: (...values: Values) => Compilable<Row>,
  ): Statement<Values, Row> => {
    let compiled: CompiledQuery<Row> | undefined;
    return (...values) => {
      if (!compiled) {
        const places = values.map((_, index) => new Place(index));
        compiled = build(...(places as unknown as Values)).compile();
        onCompiled(compiled.sql);
      }
      const parameters = compiled.parameters.map((parameter) =>
        parameter instanceof Place ? values[parameter.index] : parameter,
      );
      return { ...compiled, parameters };
    };
  };
}
