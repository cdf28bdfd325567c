export const DIALECTS = ["sqlite", "postgres", "mysql"] as const;

export type DialectName = (typeof DIALECTS)[number];

/** What the SQL that fills tables needs to know of a database. */
export interface Facts {
  readonly name: DialectName;
  /** For ids, which are indexed. */
  readonly idType: string;
  /** A primary key that numbers itself. */
  readonly serial: string;
  /** For times, where they are no numbers. */
  readonly timeType: string;
  readonly quote: (name: string) => string;
  readonly concat: (...expressions: readonly string[]) => string;
  /** Ten digits of a whole number. */
  readonly tenDigits: (expression: string) => string;
  readonly boolean: (value: boolean) => string;
  readonly time: (time: Date) => string;
}

/** A connection beside those of the contestant, for what is not measured. */
export interface Admin extends Facts {
  run(sql: string): Promise<void>;
  /** A single value. */
  ask(sql: string): Promise<unknown>;
  /** Empties tables; those that refer to others come first. */
  empty(tables: readonly string[]): Promise<void>;
  /** Has the database finish what a large change has left to it, before something is measured. */
  settle(tables: readonly string[]): Promise<void>;
  close(): Promise<void>;
}
