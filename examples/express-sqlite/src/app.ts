import { fileURLToPath } from "node:url";
import express, { type Express } from "express";
import type { Backend } from "./auth.js";
import { failed, notFound } from "./failures.js";
import { refuseForeignForms, setHeaders } from "./protection.js";
import { accountRoutes } from "./routes/account.js";
import { homeRoutes } from "./routes/home.js";
import { noteRoutes } from "./routes/notes.js";
import { signInRoutes } from "./routes/sign-in.js";
import { signUpRoutes } from "./routes/sign-up.js";

/** The folder of the style sheets and the icon, which all examples share. */
const STYLE = fileURLToPath(
  new URL(".", import.meta.resolve("@kysely-lucia/example-design/index.css")),
);

/** The site as an Express app, which listens nowhere yet. */
export function createApp(backend: Backend): Express {
  const app = express();
  app.disable("x-powered-by");
  // The site listens on 127.0.0.1 only, so whoever forwards requests to it runs on this machine.
  app.set("trust proxy", "loopback");

  app.use(setHeaders);
  app.use("/style", express.static(STYLE, { index: false }));
  app.use(refuseForeignForms);
  app.use(express.urlencoded({ extended: false, limit: "64kb", parameterLimit: 20 }));

  app.use(homeRoutes(backend));
  app.use(signUpRoutes(backend));
  app.use(signInRoutes(backend));
  app.use(noteRoutes(backend));
  app.use(accountRoutes(backend));

  app.use(notFound);
  app.use(failed);
  return app;
}
