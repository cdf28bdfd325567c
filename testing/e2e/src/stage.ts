import { keepPictures, launchBrowser } from "@kysely-lucia/browser";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { type Database, startDatabase } from "./database.js";
import type { Example } from "./examples.js";
import { type Site, startSite } from "./site.js";

/** Where the tests of one example take place. */
export interface Stage {
  readonly example: Example;
  readonly site: Site;
  readonly database: Database;
  /** Opens a browser with no cookies, as another person has it. It is closed after the test. */
  openBrowser(options?: BrowserOptions): Promise<Page>;
}

export interface BrowserOptions {
  /** On, if not said otherwise. */
  readonly javaScript?: "on" | "off";
  /** The address that paths are of, if not the site's own. */
  readonly baseURL?: string;
  readonly storageState?: Awaited<ReturnType<BrowserContext["storageState"]>>;
}

/** How long a person waits for what is to be seen next. */
export const PATIENCE_MS = 30_000;

/** Starts the site of an example, its database and a browser before the tests, and ends them after them. */
export function setStage(example: Example): Stage {
  let database: Database | undefined;
  let site: Site | undefined;
  let browser: Browser | undefined;
  const contexts: BrowserContext[] = [];
  /** What pages ask for although they say themselves that they do not. */
  const blocked: string[] = [];

  beforeAll(async () => {
    const launched = launchBrowser();
    database = await startDatabase(example.database);
    site = await startSite(example, database.env);
    browser = await launched;
  });

  afterEach(async ({ task }) => {
    const opened = contexts.splice(0);
    if (task.result?.state === "fail") {
      const pages = opened.flatMap((context) => context.pages());
      await keepPictures(pages, example, `failed-${task.name}`);
    }
    await Promise.all(opened.map((context) => context.close()));
    expect(blocked.splice(0)).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await database?.stop();
  });

  const there = <Thing>(thing: Thing | undefined): Thing => {
    if (thing === undefined)
      throw new Error(`${example.name} is not there before its tests begin.`);
    return thing;
  };
  return {
    example,
    get site() {
      return there(site);
    },
    get database() {
      return there(database);
    },
    async openBrowser({ javaScript = "on", ...options } = {}) {
      const context = await there(browser).newContext({
        baseURL: there(site).url,
        javaScriptEnabled: javaScript === "on",
        ...options,
      });
      contexts.push(context);
      context.setDefaultTimeout(PATIENCE_MS);
      context.on("console", (message) => {
        if (/content security policy/i.test(message.text())) blocked.push(message.text());
      });
      return context.newPage();
    },
  };
}
