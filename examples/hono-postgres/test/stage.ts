import { launchBrowser } from "@kysely-lucia/browser";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { type StandIn, startStandIn } from "../stand-in/pocket-id.js";
import { type Database, openDatabase } from "./database.js";
import { type Site, startSite } from "./site.js";

/** All that tests of Pocket ID need, until the tests of the file are over. */
export interface Stage {
  readonly database: Database;
  readonly site: Site;
  readonly standIn: StandIn;
  /** A page in a browser of its own: its cookies are shared with no other. */
  openPage(): Promise<Page>;
}

export function setStage(): Stage {
  const stage: { -readonly [Part in keyof Stage]?: Stage[Part] } = {};
  let browser: Browser | undefined;
  const problems: string[] = [];

  beforeAll(async () => {
    stage.database = await openDatabase();
    stage.standIn = await startStandIn(0);
    const DATABASE_URL = stage.database.url;
    stage.site = await startSite({ DATABASE_URL, ...stage.standIn.environment });
    browser = await launchBrowser();
  });

  afterEach(async () => {
    await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
    expect(problems.splice(0)).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await stage.site?.stop();
    await stage.standIn?.stop();
    await stage.database?.remove();
  });

  stage.openPage = async () => {
    const context = await (browser as Browser).newContext({ baseURL: (stage.site as Site).url });
    const page = await context.newPage();
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      // What was refused is said by the browser, too; what the policy forbids is a mistake of ours.
      if (!message.text().startsWith("Failed to load resource")) problems.push(message.text());
    });
    return page;
  };
  return stage as Stage;
}
