import { fileURLToPath } from "node:url";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";

/** The script of the pages, served as it is. */
const OWN = fileURLToPath(new URL("../../public", import.meta.url));
/** The style sheets and the icon, which all examples share. */
const STYLE = fileURLToPath(
  new URL(".", import.meta.resolve("@kysely-lucia/example-design/index.css")),
);

/** What the pages refer to. */
export function files(): Hono {
  const app = new Hono();
  app.get("/site.js", serveStatic({ root: OWN }));
  const rewriteRequestPath = (path: string) => path.replace("/style/", "/");
  app.get("/style/*", serveStatic({ root: STYLE, rewriteRequestPath }));
  return app;
}
