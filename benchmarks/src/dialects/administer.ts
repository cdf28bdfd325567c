import type { Admin, DialectName } from "./dialect.js";
import { administerMysql } from "./mysql.js";
import { administerPostgres } from "./postgres.js";
import { administerSqlite } from "./sqlite.js";

const ADMINISTER: Record<DialectName, (location: string) => Admin | Promise<Admin>> = {
  sqlite: administerSqlite,
  postgres: administerPostgres,
  mysql: administerMysql,
};

/** Connects to a database to prepare what is measured. */
export async function administer(dialect: DialectName, location: string): Promise<Admin> {
  return ADMINISTER[dialect](location);
}
