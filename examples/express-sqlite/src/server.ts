import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createApp } from "./app.js";
import { type Backend, openBackend } from "./auth.js";
import { createNoteTable } from "./database.js";
import { readSettings, type Settings } from "./settings.js";

const HOST = "127.0.0.1";
/** How long running requests, and connections that a browser keeps open without one, may delay the end. */
const GRACE_MS = 2000;

try {
  await start(readSettings(process.env));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function start(settings: Settings): Promise<void> {
  const backend = await openDatabase(settings);
  const server = createServer(createApp(backend));
  const stop = () => void stopServer(server, backend);
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);

  const port = await listen(server, settings.port);
  const reach =
    settings.env === "PROD" ? "HTTPS only" : "HTTP as well (NODE_ENV is not production)";
  console.log(`Pocket notes
  database  ${settings.file}
  tables    auth_user, auth_session, auth_key and note are there
  cookies   travel over ${reach}
  address   http://${HOST}:${port}
Stop it with Ctrl+C.`);
}

async function openDatabase({ file, env }: Settings): Promise<Backend> {
  try {
    const backend = openBackend(file, env);
    await backend.migrate();
    await createNoteTable(backend.db);
    return backend;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The database ${file} cannot be used. ${reason}`, { cause });
  }
}

/** Returns the port, which the system has chosen where 0 was asked for. */
async function listen(server: Server, port: number): Promise<number> {
  try {
    server.listen(port, HOST);
    await once(server, "listening");
  } catch (cause) {
    const isUsed = cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
    const problem = isUsed ? "is in use by another program" : `cannot be used (${cause})`;
    throw new Error(`Port ${port} ${problem}. Choose another one: PORT=3001 npm start`, { cause });
  }
  const address = server.address();
  return typeof address === "object" && address ? address.port : port;
}

/** Lets running requests end, and closes the database after them. */
async function stopServer(server: Server, backend: Backend): Promise<void> {
  console.log("Stopping.");
  setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
  server.close();
  await once(server, "close");
  await backend.close();
}
