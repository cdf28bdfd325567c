/** What somebody writes who begins with a dialect's package. */
export interface Dialect {
  readonly name: "sqlite" | "postgres" | "mysql";
  /** The driver's package, its version, and what has its types. */
  readonly driver: string;
  readonly packages: readonly string[];
  readonly imports: string;
  readonly pool: string;
  readonly column: string;
}

export const dialects: readonly Dialect[] = [
  {
    name: "sqlite",
    driver: "better-sqlite3",
    packages: ["better-sqlite3@12.11.1", "@types/better-sqlite3@7.6.13"],
    imports: 'import SQLite from "better-sqlite3";',
    pool: 'database: new SQLite(":memory:")',
    column: '"text"',
  },
  {
    name: "postgres",
    driver: "pg",
    packages: ["pg@8.23.1", "@types/pg@8.23.1"],
    imports: 'import pg from "pg";',
    pool: "pool: new pg.Pool({ connectionString: process.env.DATABASE_URL })",
    column: '"text"',
  },
  {
    name: "mysql",
    driver: "mysql2",
    packages: ["mysql2@3.24.6"],
    imports: 'import { createPool } from "mysql2";',
    pool: 'pool: createPool(process.env.DATABASE_URL ?? "")',
    column: '"varchar(255)"',
  },
];
