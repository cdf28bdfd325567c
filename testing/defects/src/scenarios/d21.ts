import { Browser } from "./browser.js";
import { many, outcomeOf, type Scenario } from "./scenario.js";

const PASSWORDS = ["correct horse", "wrong horse"] as const;
const [RIGHT, WRONG] = PASSWORDS;

/** A day in debug mode: signed in with a wrong and the right password, asked, renewed, signed out. */
export const d21: Scenario<{
  linesPrinted: number;
  passwordsPrinted: number;
  sessionIdsPrinted: number;
  hashesPrinted: number;
}> = {
  id: "D21",
  luciaAlone: true,
  lucia: { experimental: { debugMode: true } },

  run: async (wiring) => {
    const { auth, sql } = wiring;
    const { printed, stop } = capture();
    await auth.createUser({
      primaryKey: { providerId: "name", providerUserId: "ada", password: RIGHT },
      attributes: {},
    });
    await outcomeOf(auth.useKey("name", "ada", WRONG));
    const { userId } = await auth.useKey("name", "ada", RIGHT);

    const { sessionId } = await auth.createSession(userId);
    const browser = new Browser(wiring, sessionId);
    await browser.request().validateUser();
    await sql("UPDATE auth_session SET active_expires = 0");
    const renewed = await browser.request().validate();
    const over = await auth.createSession(userId);
    await sql("UPDATE auth_session SET idle_expires = 0 WHERE id = ?", over.sessionId);
    await outcomeOf(auth.validateSession(over.sessionId));
    await auth.invalidateSession(sessionId);
    await outcomeOf(auth.validateSessionUser(sessionId));
    stop();

    const keys = await sql("SELECT hashed_password FROM auth_key");
    const inPrint = (secrets: readonly string[]) =>
      secrets.filter((secret) => printed().includes(secret)).length;
    return {
      linesPrinted: printed().split("\n").length - 1,
      passwordsPrinted: inPrint(PASSWORDS),
      sessionIdsPrinted: inPrint([sessionId, renewed?.sessionId ?? "", over.sessionId]),
      hashesPrinted: inPrint(keys.map((key) => String(key["hashed_password"]))),
    };
  },

  holds: ({ passwordsPrinted, sessionIdsPrinted, hashesPrinted }) =>
    passwordsPrinted + sessionIdsPrinted + hashesPrinted === 0,

  inWords: ({ passwordsPrinted, sessionIdsPrinted }) =>
    `${many(passwordsPrinted, "password")} and ${many(sessionIdsPrinted, "session id")} printed`,
};

/** Keeps what the process prints. */
function capture(): { printed(): string; stop(): void } {
  let printed = "";
  const streams = [process.stdout, process.stderr].map((stream) => ({
    stream,
    write: stream.write,
  }));
  for (const { stream } of streams) {
    stream.write = (chunk: string | Uint8Array) => {
      printed += chunk;
      return true;
    };
  }
  const stop = () => {
    for (const { stream, write } of streams) stream.write = write;
  };
  return { printed: () => printed, stop };
}
