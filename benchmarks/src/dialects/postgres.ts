import pg from "pg";
import type { Admin, Facts } from "./dialect.js";

const facts: Facts = {
  name: "postgres",
  idType: "text",
  serial: "bigint generated always as identity primary key",
  timeType: "timestamptz",
  quote: (name) => `"${name}"`,
  concat: (...expressions) => expressions.join(" || "),
  tenDigits: (expression) => `lpad((${expression})::text, 10, '0')`,
  boolean: (value) => String(value),
  time: (time) => `timestamptz '${time.toISOString()}'`,
};

export function openPostgres(location: string, poolSize: number): pg.Pool {
  return new pg.Pool({ connectionString: location, max: poolSize });
}

export async function administerPostgres(location: string): Promise<Admin> {
  const client = new pg.Client({ connectionString: location });
  await client.connect();
  const run = async (sql: string) => {
    await client.query(sql);
  };
  return {
    ...facts,
    run,
    ask: async (sql) => (await client.query({ text: sql, rowMode: "array" })).rows[0]?.[0],
    empty: (tables) => run(`truncate ${tables.join(", ")}`),
    settle: (tables) => run(`vacuum (analyze) ${tables.join(", ")}`),
    close: () => client.end(),
  };
}
