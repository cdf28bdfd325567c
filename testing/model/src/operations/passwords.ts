import { hashPassword } from "@kysely-lucia/core";
import { type Given, refuse } from "../operation.js";

/** What the stub of the tests makes of a password, quickly. */
const hashOf = (password: string) => `hash of ${password}`;

/** For the option `lucia.hash`. */
export const hash = {
  generate: async (password: string) => hashOf(password),
  validate: async (password: string, stored: string) => stored === hashOf(password),
};

/** What is stored for a password. An empty one is refused before anything is done. */
export function stored(password: string | null): string | null {
  if (password === "") refuse("AUTH_INVALID_PASSWORD");
  return password === null ? null : hashOf(password);
}

/** What a call is given as its password. */
export const toGive = async ({ password, ahead }: Pick<Given, "password" | "ahead">) =>
  ahead && password !== null ? hashPassword(password, hash.generate) : password;
