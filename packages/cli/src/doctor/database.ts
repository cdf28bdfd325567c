import type { ExpressionBuilder, Kysely } from "kysely";
import type { App } from "../app.js";

/** The auth tables by what they are for, whatever they are called. */
export type Tables = App["tables"];

// biome-ignore lint/suspicious/noExplicitAny: tables whose names are known at run time alone
export type AnyTables = any;

export type Database = Kysely<AnyTables>;

type Builder = ExpressionBuilder<AnyTables, AnyTables>;

/** Expressions that databases write differently. */
export interface Words {
  /** An id as its bytes, whatever collation its column has. */
  bytes(eb: Builder, column: string): ReturnType<Builder["fn"]>;
  /** What stands before the first colon of a key's id. */
  provider(eb: Builder, column: string): ReturnType<Builder["fn"]>;
}

const COLON = ":";

const POSTGRES: Words = {
  bytes: (eb, column) => eb.fn("convert_to", [eb.ref(column), eb.val("UTF8")]),
  provider: (eb, column) => eb.fn("split_part", [eb.ref(column), eb.val(COLON), eb.lit(1)]),
};

const SQLITE: Words = {
  bytes: (eb, column) => eb.fn("hex", [eb.ref(column)]),
  provider: (eb, column) =>
    eb.fn("substr", [
      eb.ref(column),
      eb.lit(1),
      eb(eb.fn<number>("instr", [eb.ref(column), eb.val(COLON)]), "-", eb.lit(1)),
    ]),
};

const MYSQL: Words = {
  ...SQLITE,
  provider: (eb, column) => eb.fn("substring_index", [eb.ref(column), eb.val(COLON), eb.lit(1)]),
};

/** By what Kysely's adapters say of their databases, each of which differs from the others. */
export function wordsOf(db: Database): Words {
  const { supportsTransactionalDdl, supportsReturning } = db.getExecutor().adapter;
  if (supportsTransactionalDdl) return POSTGRES;
  return supportsReturning ? SQLITE : MYSQL;
}
