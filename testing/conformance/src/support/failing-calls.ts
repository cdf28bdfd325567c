import type { Instance } from "../database.js";
import type { LuciaCode } from "./calls.js";

/** The key that is taken. */
export const key = { providerId: "email", providerUserId: "ada", password: null };
const anotherKey = { ...key, providerUserId: "another" };
const attributes = { username: "another" };
/** The id of the session that is there. */
export const SESSION_ID = "s".repeat(40);
export const tomorrow = new Date(Date.now() + 86_400_000);

/** Calls that fail once there is a user `user-1` named `ada`, with a key and a session. */
export const failures: [
  name: string,
  error: LuciaCode | "unique",
  call: (auth: Instance["auth"]) => Promise<unknown>,
][] = [
  [
    "createUser with a key that is taken",
    "AUTH_DUPLICATE_KEY_ID",
    (auth) => auth.createUser({ primaryKey: key, attributes }),
  ],
  [
    "createUser with a name that is taken",
    "unique",
    (auth) => auth.createUser({ primaryKey: anotherKey, attributes: { username: "ada" } }),
  ],
  [
    "createUser without a key and with a name that is taken",
    "unique",
    (auth) => auth.createUser({ primaryKey: null, attributes: { username: "ada" } }),
  ],
  [
    "updateUserAttributes with a name that is taken",
    "unique",
    (auth) => auth.updateUserAttributes("user-2", { username: "ada", nickname: "Ada" }),
  ],
  [
    "updateUserAttributes of an unknown user",
    "AUTH_INVALID_USER_ID",
    (auth) => auth.updateUserAttributes("nobody", attributes),
  ],
  [
    "createKey with a key that is taken",
    "AUTH_DUPLICATE_KEY_ID",
    (auth) => auth.createKey("user-2", { type: "persistent", ...key }),
  ],
  [
    "createKey for an unknown user",
    "AUTH_INVALID_USER_ID",
    (auth) => auth.createKey("nobody", { type: "persistent", ...anotherKey }),
  ],
  [
    "createSession for an unknown user",
    "AUTH_INVALID_USER_ID",
    (auth) => auth.createSession("nobody"),
  ],
  [
    "createSession with an id that is taken",
    "AUTH_DUPLICATE_SESSION_ID",
    (auth) => {
      auth.generateSessionId = () => [SESSION_ID, tomorrow, tomorrow];
      return auth.createSession("user-2");
    },
  ],
  [
    "useKey with a wrong password",
    "AUTH_INVALID_PASSWORD",
    (auth) => auth.useKey("email", "ada", "wrong"),
  ],
  ["getKey of an unknown key", "AUTH_INVALID_KEY_ID", (auth) => auth.getKey("email", "nobody")],
  [
    "validateSession of an unknown session",
    "AUTH_INVALID_SESSION_ID",
    (auth) => auth.validateSession("x".repeat(40)),
  ],
];
