import { inspect } from "node:util";
import { LuciaError } from "lucia-auth";
import { ConfigurationError } from "../configuration-error.js";
import { describeInput } from "../describe-value.js";
import { generateHash } from "./scrypt.js";

type GenerateHash = (password: string) => string | Promise<string>;

/**
 * A password that was hashed already, by {@link hashPassword}. It prints nothing of itself, and no text that
 * somebody types can be taken for one.
 */
export class HashedPassword {
  readonly #hash: string;
  readonly #generate: GenerateHash;

  private constructor(hash: string, generate: GenerateHash) {
    this.#hash = hash;
    this.#generate = generate;
  }

  /** @internal */
  static async of(password: string, generate: GenerateHash): Promise<HashedPassword> {
    return new HashedPassword(assertHash(await generate(password)), generate);
  }

  /**
   * @internal
   * @throws ConfigurationError where it was not hashed as this app's passwords are
   */
  static unwrap(password: HashedPassword, generate: GenerateHash): string {
    if (password.#generate === generate) return password.#hash;
    throw new ConfigurationError(
      "A password was hashed in another way than the option `lucia.hash.generate` says, so that it could " +
        "never be used. Call `hashPassword(password, generate)` with that very function as `generate`, or " +
        "without one where the option is not given.",
    );
  }

  /** A text in its place would be taken for a password, by whoever reads it back. */
  toJSON(): never {
    throw new TypeError(
      "A HashedPassword was to be turned into JSON or text, which would be taken for a password that everybody " +
        "knows. Give it to `createUser`, `createKey` or `updateKeyPassword` in this process.",
    );
  }

  [Symbol.toPrimitive](): never {
    return this.toJSON();
  }

  [inspect.custom](): string {
    return "[HashedPassword]";
  }
}

/**
 * Hashes a password ahead, for `createUser`, `createKey` and `updateKeyPassword`, which take the result in
 * place of the password. It takes about 100 ms, in which an open transaction would hold its connection,
 * and on SQLite keep everybody else from writing: so hash first, and begin the transaction then.
 *
 * @param generate the app's own `lucia.hash.generate`, where it has one. Default: scrypt, as Lucia 1.x does.
 * @throws LuciaError `AUTH_INVALID_PASSWORD` for what is not a string of 1 to 4096 characters
 * @throws TooManyPasswordsError where a thousand are waiting already
 * @example
 * ```ts
 * const password = await hashPassword(form.password);
 * await transaction(({ auth }) =>
 *   auth.createUser({
 *     primaryKey: { providerId: "email", providerUserId: form.email, password },
 *     attributes: { username: form.username },
 *   }),
 * );
 * ```
 */
export async function hashPassword(
  password: string,
  generate: GenerateHash = generateHash,
): Promise<HashedPassword> {
  if (!isPassword(password)) {
    throw new LuciaError(
      "AUTH_INVALID_PASSWORD",
      `hashPassword was given ${describeInput(password)}. Expected a string of 1 to 4096 characters.`,
    );
  }
  return await HashedPassword.of(password, generate);
}

/**
 * A key without a hash has no password, and anybody can sign in with it who knows its id.
 *
 * @throws ConfigurationError where the app's function has returned no hash
 */
export function assertHash(hash: unknown): string {
  if (typeof hash === "string" && hash !== "") return hash;
  throw new ConfigurationError(
    `The function \`lucia.hash.generate\` has returned ${describeInput(hash)}. Expected a hash, a string that is not ` +
      "empty. Nothing was stored.",
  );
}

/**
 * Whether this can be a password: a string of 1 to 4096 characters. What a form or a JSON body may hold
 * beside that, such as an array, is none.
 *
 * There is a limit because bringing a string into its NFKC form takes time by the square of its
 * length, during which nothing else runs: 0.7 s for 100 kB of combining marks, 8 ms for 4096.
 */
export function isPassword(password: unknown): password is string {
  return typeof password === "string" && password !== "" && password.length <= 4096;
}
