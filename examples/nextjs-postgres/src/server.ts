import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import { fileURLToPath } from "node:url";
import { createTables } from "./database";
import { isHttps, readSettings } from "./settings";

const HOST = "127.0.0.1";
const FOLDER = fileURLToPath(new URL("..", import.meta.url));
/** How long running requests, and connections that a browser keeps open without one, may delay the end. */
const GRACE_MS = 2000;

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function start(): Promise<void> {
  const settings = readSettings();
  const server = createServer();
  const port = await listen(server, settings.port);
  const origin = settings.origin ?? `http://${HOST}:${port}`;
  const handle = openSite(port, origin);
  server.on("request", async (request, response) => (await handle)(request, response));
  await handle;

  const stop = () => void stopServer(server);
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  console.log(`Pocket notes
  tables    auth_user, auth_session, auth_key and note are there
  cookies   travel over ${isHttps() ? "HTTPS only" : "HTTP as well (ORIGIN is not https)"}
  address   http://${HOST}:${port}
Stop it with Ctrl+C.`);
}

/** Loads what `next build` has made. `next start` would leave the pool open, and end with the code of the signal. */
async function openSite(port: number, origin: string): Promise<RequestListener> {
  // Read by Next.js, by React and by `auth.ts` when they are loaded.
  Object.assign(process.env, { NODE_ENV: "production", PORT: String(port), ORIGIN: origin });
  await openDatabase();
  const { default: next } = await import("next");
  const app = next({ dev: false, dir: FOLDER, hostname: HOST, port });
  await app.prepare();
  return app.getRequestHandler();
}

async function openDatabase(): Promise<void> {
  const { db, migrate } = await import("./auth");
  try {
    await migrate();
    await createTables(db);
  } catch (cause) {
    throw new Error(`The database of DATABASE_URL cannot be used. ${messageOf(cause)}`, { cause });
  }
}

/** Node.js gives what failed for several addresses, such as those of `localhost`, an empty message. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && !error.message) {
    return error.errors.map(messageOf).join("; ");
  }
  return error instanceof Error ? error.message || error.name : String(error);
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

/** Lets running requests end, and closes the pool after them. */
async function stopServer(server: Server): Promise<void> {
  console.log("Stopping.");
  setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
  server.close();
  await once(server, "close");
  // That of Next.js's bundles too: there is one in the process.
  const { close } = await import("./auth");
  await close();
  process.exit(0);
}
