import { expect, test } from "vitest";
import { PUBLIC_ORIGIN, startHttpsProxy } from "../https-proxy.js";
import { press, seeDone, seeSignedOut, sessionCookie, signUp } from "../person.js";
import { startSite } from "../site.js";
import type { Stage } from "../stage.js";

export function testCookies(stage: Stage): void {
  const { example, openBrowser } = stage;

  test("the session cookie is for this site alone, and the database cannot tell it", async () => {
    const page = await openBrowser();
    await signUp(page, example);
    const cookie = await sessionCookie(page);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/", secure: false });
    expect(cookie?.domain).toBe("127.0.0.1");
    const stored = await stage.database.read("select id from auth_session");
    expect(stored).not.toContain(cookie?.value);
    expect(await page.content()).not.toContain(cookie?.value);
  });

  test("where the site is reached by HTTPS, the session cookie is for HTTPS only", async () => {
    const env = { ...stage.database.env, NODE_ENV: "production", ORIGIN: PUBLIC_ORIGIN };
    const site = await startSite(example, env);
    const proxy = await startHttpsProxy(site.url);
    try {
      const page = await openBrowser({ baseURL: proxy.url });
      await signUp(page, example);
      const flags = { httpOnly: true, sameSite: "Lax", path: "/", secure: true };
      expect(await sessionCookie(page)).toMatchObject(flags);
      await page.reload();
      await press(page, "Sign out");
      await seeDone(page, "You are signed out.");
      await seeSignedOut(page);
    } finally {
      await proxy.close();
      await site.stop();
    }
  });
}
