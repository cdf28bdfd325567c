import { createHash } from "node:crypto";
import { outcomeOf, type Scenario } from "./scenario.js";

/** The form of a bcrypt hash is all that matters here, so that no bcrypt has to be installed. */
const bcryptLike = (password: string) =>
  `$2a$10$${createHash("sha256").update(password).digest("base64url")}`;

/** An app with bcrypt hashes tells Lucia how to check them. */
export const d20: Scenario<{ rightPassword: string; wrongPassword: string }> = {
  id: "D20",
  luciaAlone: true,
  lucia: {
    hash: { generate: bcryptLike, validate: (password, hash) => hash === bcryptLike(password) },
  },

  run: async ({ auth }) => {
    await auth.createUser({
      primaryKey: { providerId: "name", providerUserId: "ada", password: "correct horse" },
      attributes: {},
    });
    const signIn = (password: string) => outcomeOf(auth.useKey("name", "ada", password));
    return {
      rightPassword: await signIn("correct horse"),
      wrongPassword: await signIn("wrong horse"),
    };
  },

  holds: ({ rightPassword, wrongPassword }) =>
    rightPassword === "done" && wrongPassword === "AUTH_INVALID_PASSWORD",

  inWords: ({ rightPassword }) => `right password → ${rightPassword}`,
};
