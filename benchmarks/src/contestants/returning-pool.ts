import type { Pool as MysqlPool } from "mysql2/promise";
import type { Pool as PostgresPool } from "pg";

// The official adapters keep the connection of each sign-up for ever, and send its inserts on others, so that as many
// sign-ups at a time as the pool is large wait for each other. Measured is what they would do
// if they gave connections back: those that they ask for come from a second pool, and go back there.

/** A pool of `pg` whose connections go back at the end of their transaction. */
export function returningPostgresPool(pool: PostgresPool, connections: PostgresPool) {
  return {
    query: pool.query.bind(pool),
    connect: async () => {
      const client = await connections.connect();
      return {
        query: async (sql: string) => {
          const result = await client.query(sql);
          if (sql !== "BEGIN") client.release();
          return result;
        },
      };
    },
  };
}

/** The same of `mysql2`. */
export function returningMysqlPool(pool: MysqlPool, connections: MysqlPool): MysqlPool {
  const getConnection = async () => {
    const connection = await connections.getConnection();
    const [commit, rollback] = [connection.commit, connection.rollback];
    return new Proxy(connection, {
      get(target, member) {
        if (member !== "commit" && member !== "rollback") {
          const value = Reflect.get(target, member);
          return typeof value === "function" ? value.bind(target) : value;
        }
        return async () => {
          await (member === "commit" ? commit : rollback).call(target);
          target.release();
        };
      },
    });
  };
  return new Proxy(pool, {
    get(target, member) {
      if (member === "getConnection") return getConnection;
      const value = Reflect.get(target, member);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
