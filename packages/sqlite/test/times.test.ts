import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { notesApp } from "./support/notes-app.js";

// As Lucia has it: what ends at a time is over after it.
beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: 1_800_000_000_000 }));
afterEach(() => void vi.useRealTimers());

async function appWithUser() {
  const { auth } = await notesApp();
  const { userId } = await auth.createUser({ primaryKey: null, attributes: { username: "ada" } });
  return { auth, userId };
}

test("a session is active, and then idle, up to the very millisecond", async () => {
  const { auth, userId } = await appWithUser();
  const { sessionId, ...session } = await auth.createSession(userId);
  const active = session.activePeriodExpiresAt.getTime();
  const idle = session.idlePeriodExpiresAt.getTime();
  for (const [now, state] of [
    [active, "active"],
    [active + 1, "idle"],
    [idle, "idle"],
  ] as const) {
    vi.setSystemTime(now);
    expect(await auth.getSession(sessionId)).toMatchObject({ state });
  }
  vi.setSystemTime(idle + 1);
  await expect(auth.getSession(sessionId)).rejects.toThrow("AUTH_INVALID_SESSION_ID");
});

test("a single-use key can be used up to the very millisecond", async () => {
  const { auth, userId } = await appWithUser();
  const key = { providerId: "link", password: null, expiresIn: 0, type: "single_use" } as const;
  for (const [providerUserId, late, outcome] of [
    ["in time", 0, { expired: false }],
    ["late", 1, "Error: AUTH_EXPIRED_KEY"],
  ] as const) {
    const made = await auth.createKey(userId, { ...key, providerUserId });
    expect(made.expired).toBe(false);
    vi.setSystemTime(made.expiresAt.getTime() + late);
    const used = auth.useKey("link", providerUserId, null).catch(String);
    if (typeof outcome === "string") expect(await used).toBe(outcome);
    else expect(await used).toMatchObject(outcome);
  }
});
