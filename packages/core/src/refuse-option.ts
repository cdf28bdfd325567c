import { ConfigurationError } from "./configuration-error.js";

/**
 * Refuses names that nobody knows: what is misspelt would have no effect.
 *
 * @param path what the names are part of, such as `lucia.`
 * @throws ConfigurationError with those that are known
 */
export function refuseUnknown(options: object, known: readonly string[], path: string): void {
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      fail(`There is no option \`${path}${name}\`. The options are: ${known.join(", ")}.`);
    }
  }
}

/** @throws ConfigurationError that says so */
export function fail(message: string): never {
  throw new ConfigurationError(message);
}
