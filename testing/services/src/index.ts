export { startMariadb } from "./mariadb.js";
export { startPostgres } from "./postgres.js";
export type { Server } from "./server.js";
