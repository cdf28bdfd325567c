import { TooManyPasswordsError } from "@kysely-lucia/mysql";
import { error } from "@sveltejs/kit";

/**
 * Waits until a password is hashed or checked. Where too many others are waiting for that, nothing was
 * done, and `+error.svelte` says so.
 */
export async function unlessBusy<T>(hashing: Promise<T>): Promise<T> {
  try {
    return await hashing;
  } catch (cause) {
    if (cause instanceof TooManyPasswordsError) error(503, "Many people are signing in.");
    throw cause;
  }
}
