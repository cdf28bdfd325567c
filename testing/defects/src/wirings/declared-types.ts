/** The columns of the auth tables in whose types drivers differ. */
interface Columns {
  active_expires: unknown;
  idle_expires: unknown;
  primary_key: unknown;
  expires: unknown;
}

/** For each column, what `typeof` says of its values, null apart. */
export type NamesOfTypes = Readonly<Record<keyof Columns, Readonly<Record<string, true>>>>;

/** {@link NamesOfTypes} that compile for these types only: with all of them and no other. */
export type NamesOf<Declared extends Columns> = {
  readonly [Column in keyof Columns]: Readonly<Record<NameOf<Declared[Column]>, true>>;
};

type NameOf<T> = T extends null
  ? never
  : T extends string
    ? "string"
    : T extends bigint
      ? "bigint"
      : T extends boolean
        ? "boolean"
        : "number";

/** The integers of the auth tables as the documentation of Lucia 1.x types them for Kysely. */
type DocumentedInteger = bigint | number;

/** The columns as that documentation types them; `Boolean` is number on MySQL and SQLite. */
export interface DocumentedColumns<Boolean> extends Columns {
  active_expires: DocumentedInteger;
  idle_expires: DocumentedInteger;
  primary_key: Boolean;
  expires: DocumentedInteger | null;
}
