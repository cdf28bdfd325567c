/** Serves what `vite build` has built, on 127.0.0.1. */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const HOST = "127.0.0.1";
/** How long running requests, and connections that a browser keeps open without one, may delay the end. */
const GRACE_MS = 2000;

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function start() {
  const server = createServer();
  const port = await listen(server, readPort());
  const site = loadSite(readOrigin(port));
  server.on("request", async (request, response) => (await site)(request, response));
  await site;
  process.once("SIGINT", () => stop(server));
  process.once("SIGTERM", () => stop(server));
  console.log(`Pocket notes on http://${HOST}:${port}\nStop it with Ctrl+C.`);
}

/**
 * The site as a listener, with its tables in place.
 *
 * @param {string} origin
 * @returns {Promise<import("node:http").RequestListener>}
 */
async function loadSite(origin) {
  // SvelteKit reads these when it is imported, and compares the origin of each form with the first.
  process.env["ORIGIN"] = origin;
  process.env["BODY_SIZE_LIMIT"] ||= "64K";
  const { handler } = await import("./build/handler.js");
  const notOurs = await readFile(new URL("build/prerendered/foreign-form.html", import.meta.url));
  return (request, response) => {
    if (!isForeignForm(request, origin)) return handler(request, response);
    response.writeHead(403, { "Content-Type": "text/html", "Cache-Control": "no-store" });
    response.end(notOurs);
  };
}

/** @throws Error for a `PORT` that is no port */
function readPort() {
  const text = process.env["PORT"] || "3000";
  if (!/^\d+$/.test(text) || Number(text) > 65_535) {
    throw new Error(`PORT is "${text}". Expected a number from 0 to 65535, such as 3000.`);
  }
  return Number(text);
}

/**
 * The public address, as browsers name it.
 *
 * @param {number} port
 * @throws Error for an `ORIGIN` that is no address, or none in production
 */
function readOrigin(port) {
  const text = process.env["ORIGIN"] ?? "";
  if (text === "" && process.env["NODE_ENV"] !== "production") return `http://${HOST}:${port}`;
  if (/^https?:/.test(text) && URL.canParse(text)) return new URL(text).origin;
  throw new Error(
    `ORIGIN is ${text === "" ? "not set, and NODE_ENV is production" : `"${text}"`}. Expected the ` +
      "public address of the site, such as https://notes.example.",
  );
}

/**
 * SvelteKit refuses such forms as well, in a line without a page around it; and Lucia counts their
 * senders as signed out, which guards what is sent in another form.
 *
 * @param {import("node:http").IncomingMessage} request
 * @param {string} origin
 */
function isForeignForm({ method, headers }, origin) {
  return method !== "GET" && method !== "HEAD" && headers.origin !== origin;
}

/**
 * Returns the port, which the system has chosen where 0 was asked for.
 *
 * @param {import("node:http").Server} server
 * @param {number} port
 */
async function listen(server, port) {
  try {
    server.listen(port, HOST);
    await once(server, "listening");
  } catch (cause) {
    const isUsed = cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
    const problem = isUsed ? "is in use by another program" : `cannot be used (${cause})`;
    throw new Error(`Port ${port} ${problem}. Choose another one: PORT=3001`, { cause });
  }
  const address = server.address();
  return typeof address === "object" && address ? address.port : port;
}

/**
 * Lets running requests end; the site closes its pool after them.
 *
 * @param {import("node:http").Server} server
 */
async function stop(server) {
  console.log("Stopping.");
  setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
  server.close();
  await once(server, "close");
  process.emit("sveltekit:shutdown");
}
