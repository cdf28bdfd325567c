import type { Configuration } from "lucia-auth";
import { assertHash, HashedPassword } from "./hashed-password.js";
import { generateHash, validateHash } from "./scrypt.js";

/** How passwords are hashed and checked: Lucia's option `hash` in full. */
export type Hash = Required<NonNullable<Configuration["hash"]>>;

/** What the app has given for `lucia.hash`, and scrypt in place of what it has not. */
export function hashOf({ hash }: Pick<Configuration, "hash">): Hash {
  return { generate: generateHash, validate: validateHash, ...hash };
}

/**
 * The hash as Lucia is given it. Lucia hashes whatever it gets for a password, also what was hashed
 * already: that is let through here.
 */
export function acceptingHashed(hash: Hash, on: "pool" | "transaction"): Hash {
  return {
    ...hash,
    generate: (password: unknown) => {
      if (password instanceof HashedPassword) return HashedPassword.unwrap(password, hash.generate);
      if (on === "transaction") warnOnce();
      const generated = hash.generate(password as string);
      return typeof generated === "string"
        ? assertHash(generated)
        : Promise.resolve(generated).then(assertHash);
    },
  };
}

let hasWarned = false;

function warnOnce(): void {
  if (hasWarned) return;
  hasWarned = true;
  process.emitWarning(
    "A password was hashed inside of a transaction, which kept its connection for as long, and on SQLite " +
      "kept everybody else from writing. Hash it before: `const password = await hashPassword(…)`, and give " +
      "that to `createUser`, `createKey` or `updateKeyPassword`.",
    { code: "KYSELY_LUCIA_HASH_IN_TRANSACTION" },
  );
}
