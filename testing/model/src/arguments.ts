import fc from "fast-check";
import { type Arguments, GONE, HASH, UNKNOWN } from "./steps.js";

/** An object, without those of the keys that do not have to be there. */
export const record = <T, Required extends keyof T = keyof T>(
  values: { [Name in keyof T]: fc.Arbitrary<T[Name]> },
  requiredKeys?: Required[],
) =>
  fc.record<T, Required>(values, { noNullPrototype: true, ...(requiredKeys && { requiredKeys }) });

/** Mostly the one, and now and then the other. */
const mostly = <T>(often: fc.Arbitrary<T>, rarely: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 15, arbitrary: often }, { weight: 1, arbitrary: rarely });

const username = fc.constantFrom("ada", "bob", "eve");
const nickname = fc.constantFrom("A", "B");
const latest = fc.constantFrom(0, 0, 0, 1, 2);

/** Of everything there are few values, so that calls have to do with each other. */
const inputs: { [Name in keyof Arguments]: fc.Arbitrary<Arguments[Name]> } = {
  user: mostly(latest, fc.constantFrom(UNKNOWN, GONE)),
  session: mostly(latest, fc.constantFrom(UNKNOWN, GONE, HASH)),
  key: fc.constantFrom("1", "2", "3"),
  password: mostly(fc.constantFrom("right", "right", "right", null, "wrong"), fc.constant("")),
  ahead: fc.boolean(),
  attributes: mostly(
    record({ username, nickname }, ["username"]),
    record({ username, id: fc.constant("chosen") }),
  ),
  changes: mostly(
    record({ username, nickname }, []),
    record({ username, id: fc.constant("chosen") }, ["id"]),
  ),
  expiresIn: fc.constantFrom(3600, null, -3600),
};

export const argumentsOf = (names: readonly (keyof Arguments)[]) =>
  Object.fromEntries(names.map((name) => [name, inputs[name]]));
