import { expect } from "vitest";
import type { TestDatabase } from "./site.js";
import { emailOf, Visitor } from "./visitor.js";

export type Purpose = "verify-email" | "reset-password";

/** The path of the newest link that was sent to a user for this, once it was. */
export async function sentLink(
  { run }: TestDatabase,
  purpose: Purpose,
  username: string,
  count = 1,
): Promise<string> {
  const find = () =>
    run("select link from mail where recipient = ? and link like ? order by id desc", [
      emailOf(username),
      `%/${purpose}/%`,
    ]);
  await expect.poll(async () => (await find()).length, { timeout: 30_000 }).toBe(count);
  return new URL(String((await find())[0]?.["link"])).pathname;
}

/** Asks for a new password, and returns the path of the link. */
export async function resetLink(
  url: string,
  database: TestDatabase,
  username: string,
): Promise<string> {
  const { status } = await new Visitor(url).post("/reset-password", { email: emailOf(username) });
  expect(status).toBe(303);
  return sentLink(database, "reset-password", username);
}

/** Sets all links for this back to when they were still good, and a second later not. */
export async function expire({ run }: TestDatabase, purpose: Purpose): Promise<void> {
  await run("update auth_key set expires = ? where id like ?", [
    String(Date.now() - 1000),
    `${purpose}:%`,
  ]);
}
