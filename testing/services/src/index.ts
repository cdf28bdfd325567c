export { dataFolder } from "./data-folder.js";
export type { TestDatabase } from "./database.js";
export { startMariadb, startOwnMariadb } from "./mariadb.js";
export { createMysqlDatabase } from "./mysql-database.js";
export { startPgbouncer } from "./pgbouncer.js";
export { type PostgresOptions, startOwnPostgres, startPostgres } from "./postgres.js";
export { createPostgresDatabase } from "./postgres-database.js";
export { startRedis } from "./redis.js";
export type { OwnServer, Server } from "./server.js";
