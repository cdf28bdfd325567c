import { ConfigurationError } from "./configuration-error.js";
import { describeValue, quoteOrDescribe } from "./describe-value.js";

/** What one option of a call may be. */
interface Rule {
  readonly allows: (value: unknown) => boolean;
  /** In words, after "Expected". */
  readonly expected: string;
}

/** The options of a call by their names. */
export type Rules = Readonly<Record<string, Rule>>;

/** A whole number from `least` on, to `most` where there is one. */
export const wholeNumber = (least: number, example: number, most?: number): Rule => ({
  allows: (value) =>
    Number.isSafeInteger(value) &&
    Number(value) >= least &&
    Number(value) <= (most ?? Number.MAX_SAFE_INTEGER),
  expected: `a whole number from ${least} ${most === undefined ? "on" : `to ${most}`}, such as ${example}`,
});

export const oneOf = (values: readonly unknown[]): Rule => ({
  allows: (value) => values.includes(value),
  expected: `one of: ${values.join(", ")}`,
});

export const trueOrFalse: Rule = {
  allows: (value) => typeof value === "boolean",
  expected: "true or false",
};

export const someFunction: Rule = {
  allows: (value) => typeof value === "function",
  expected: "a function",
};

/** Also one of another realm, such as a test environment's. */
export const abortSignal: Rule = {
  allows: (value) => typeof Object(value).throwIfAborted === "function",
  expected: "an AbortSignal",
};

/**
 * Refuses options of a call that cannot work, for those who write JavaScript or have cast their way past
 * the types, before anything is begun.
 *
 * @throws ConfigurationError
 */
export function checkCallOptions(call: string, options: unknown, rules: Rules): void {
  if (options === undefined) return;
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    throw new ConfigurationError(
      `The options of ${call} are ${describeValue(options)}. Expected an object.`,
    );
  }
  const known = Object.keys(rules);
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new ConfigurationError(
      `${call} has no option \`${unknown}\`. The options are: ${known.join(", ")}.`,
    );
  }
  for (const [name, rule] of Object.entries(rules)) {
    // As it will be read: it may be inherited.
    const value: unknown = Reflect.get(options, name);
    if (value !== undefined && !rule.allows(value)) {
      throw new ConfigurationError(
        `The option \`${name}\` of ${call} is ${quoteOrDescribe(value)}. Expected ${rule.expected}.`,
      );
    }
  }
}
