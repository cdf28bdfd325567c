import { afterAll, beforeAll } from "vitest";
import { type Database, openDatabase } from "./database.js";
import { type Site, startSite } from "./site.js";

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
      // Nobody is there; `fetch` does not even try some other ports.
      OIDC_ISSUER: "http://127.0.0.1:2",
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
