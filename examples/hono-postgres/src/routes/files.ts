import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";

/** The script of the pages, served as it is. */
const OWN = fileURLToPath(new URL("../../public", import.meta.url));
/** The style sheets and the icon that all examples share. */
const DESIGN = fileURLToPath(new URL("../../../express-sqlite/public", import.meta.url));

/** What the pages refer to. */
export function files(): Hono {
  const app = new Hono();
  app.get("/site.js", serveStatic({ root: OWN }));
  app.get("/icon.svg", serveStatic({ root: DESIGN }));
  app.get("/style/*", serveStatic({ root: DESIGN }));
  return app;
}
