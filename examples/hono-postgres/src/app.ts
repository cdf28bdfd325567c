import { Hono } from "hono";
import { failed, notFound } from "./failures.js";
import {
  demandJson,
  keepNowhere,
  limitBodies,
  refuseForeignForms,
  setHeaders,
} from "./protection.js";
import { accountApi } from "./routes/api/account.js";
import { noteApi } from "./routes/api/notes.js";
import { pocketIdApi } from "./routes/api/pocket-id.js";
import { signInApi } from "./routes/api/sign-in.js";
import { wayApi } from "./routes/api/ways.js";
import { files } from "./routes/files.js";
import { memberPages } from "./routes/pages/members.js";
import { pocketIdPages } from "./routes/pages/pocket-id.js";
import { visitorPages } from "./routes/pages/visitors.js";
import type { Site } from "./site.js";

/** The site as a Hono app, which listens nowhere yet. */
export function createApp(site: Site): Hono {
  const app = new Hono();
  app.use(setHeaders);
  app.route("/", files());
  app.use(refuseForeignForms(site.origin));
  app.use(limitBodies);
  app.use("/api/*", keepNowhere, demandJson);

  app.route("/", visitorPages(site));
  app.route("/", memberPages(site));
  app.route("/", pocketIdPages(site));

  app.route("/api", signInApi(site));
  app.route("/api", noteApi(site));
  app.route("/api", accountApi(site));
  app.route("/api", wayApi(site));
  app.route("/api", pocketIdApi(site));

  app.notFound(notFound);
  app.onError(failed);
  return app;
}
