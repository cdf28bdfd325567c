import { afterAll, beforeAll } from "vitest";
import { type Database, openDatabase } from "./database.js";
import { type Site, startSite } from "./site.js";
import { PASSWORD } from "./visitor.js";

/** A site with a database, and a provider that does not answer, until the tests of the file are over. */
export interface Service {
  readonly database: Database;
  readonly site: Site;
}

export function startService(): Service {
  const service: { -readonly [Part in keyof Service]?: Service[Part] } = {};

  beforeAll(async () => {
    service.database = await openDatabase();
    service.site = await startSite({
      DATABASE_URL: service.database.url,
      // Nobody is there.
      OIDC_ISSUER: "http://127.0.0.1:9",
      OIDC_CLIENT_ID: "id",
      OIDC_CLIENT_SECRET: "secret",
    });
  });

  afterAll(async () => {
    await service.site?.stop();
    await service.database?.remove();
  });

  return service as Service;
}

export const someName = () => `user-${Math.random().toString(36).slice(2)}`;

/** All that changes something, with fields that would do. */
export const CALLS = [
  ["/api/sign-up", { username: "victim", password: PASSWORD }],
  ["/api/sign-in", { username: "victim", password: PASSWORD }],
  ["/api/sign-in/pocket-id", {}],
  ["/api/sign-up/pocket-id", { username: "victim" }],
  ["/api/sign-out", {}],
  ["/api/notes", { body: "written elsewhere" }],
  ["/api/notes/1/delete", {}],
  ["/api/account/password", { current: PASSWORD, password: "battery staple" }],
  ["/api/account/delete", { confirm: PASSWORD }],
  ["/api/account/sessions/x/end", {}],
  ["/api/account/ways/pocket-id", {}],
  ["/api/account/ways/password/remove", {}],
] as const;
