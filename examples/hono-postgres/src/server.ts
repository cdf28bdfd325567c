import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createApp } from "./app.js";
import { type Backend, openBackend } from "./auth.js";
import { createTables } from "./database.js";
import { messageOf } from "./error-messages.js";
import { openProvider } from "./pocket-id/provider.js";
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
  const server = createServer();
  const stop = () => void stopServer(server, backend);
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);

  const port = await listen(server, settings.port);
  const origin = settings.origin ?? `http://${HOST}:${port}`;
  const isSecure = origin.startsWith("https:");
  const provider = settings.provider && openProvider(settings.provider, origin);
  const app = createApp({ backend, origin, isSecure, provider });
  server.on("request", getRequestListener(app.fetch));
  const address = `http://${HOST}:${port}`;
  console.log(`Pocket notes
  tables    auth_user, auth_session, auth_key and those of this site are there
  sign-in   with passwords${provider ? ", and with Pocket ID" : " alone"}
  cookies   travel over ${isSecure ? "HTTPS only" : "HTTP as well (ORIGIN is not one of HTTPS)"}
  address   ${address}${origin === address ? "" : `, known to browsers as ${origin}`}
Stop it with Ctrl+C.`);
}

async function openDatabase({ databaseUrl, origin }: Settings): Promise<Backend> {
  const backend = openBackend(databaseUrl, origin);
  try {
    await backend.migrate();
    await createTables(backend.db);
    return backend;
  } catch (cause) {
    throw new Error(`The database of DATABASE_URL cannot be used. ${messageOf(cause)}`, { cause });
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
    throw new Error(`Port ${port} ${problem}. Choose another one, such as PORT=3001.`, { cause });
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
