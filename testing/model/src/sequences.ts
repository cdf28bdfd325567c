import fc from "fast-check";
import { argumentsOf, record } from "./arguments.js";
import {
  authNames,
  type OperationName,
  operationNamed,
  operationNames,
  rivals,
} from "./operations/index.js";
import { rawChangeNames, rawChanges } from "./raw-changes.js";
import type { End } from "./run-transaction.js";
import type { Call, InTransaction, Raw, Savepoint, Serializable, Step, Together } from "./steps.js";

const callOf = (names: readonly OperationName[]): fc.Arbitrary<Call> =>
  fc.oneof(
    ...names.map((name) =>
      record({ call: fc.constant(name), ...argumentsOf(operationNamed(name).takes) }),
    ),
  );

/** Without them there is soon nothing left to call something with. */
const creating: OperationName[] = ["createUser", "createKey", "createSession"];
const more = [...creating, ...creating, ...creating];
const call = callOf([...authNames, ...more]);

const raw: fc.Arbitrary<Raw> = fc.oneof(
  ...rawChangeNames.map((name) =>
    record({ raw: fc.constant(name), ...argumentsOf([rawChanges[name].takes]) }),
  ),
);

/** Any of these calls, or only such as are in each other's way. */
const atOnce = <T>(
  names: readonly OperationName[],
  make: (one: fc.Arbitrary<Call>) => fc.Arbitrary<T>,
): fc.Arbitrary<T> =>
  fc.oneof(
    ...[names, ...rivals].map((some) => make(callOf(some.filter((name) => names.includes(name))))),
  );

/** In one of three cases it is the same call twice. */
const several = (names: readonly OperationName[]) =>
  atOnce(names, (one) =>
    fc.oneof(
      { weight: 2, arbitrary: fc.array(one, { minLength: 2, maxLength: 3 }) },
      { weight: 1, arbitrary: one.map((same) => [same, same]) },
    ),
  );

const few = (one: fc.Arbitrary<Call>) => fc.array(one, { minLength: 1, maxLength: 3 });
const end = fc.constantFrom<End>("commit", "throw");
const savepoint: fc.Arbitrary<Savepoint> = record({ savepoint: few(call), end });
const twoTransactions = atOnce(authNames, (one) => {
  const serializable: fc.Arbitrary<Serializable> = record({ serializable: few(one) });
  return fc.tuple(serializable, serializable);
});

const together = (...members: fc.Arbitrary<Together["together"]>[]): fc.Arbitrary<Together> =>
  record({ together: fc.oneof(...members) });

type Inside = InTransaction["transaction"];

const transaction = (
  steps: fc.Arbitrary<Inside>,
  by: InTransaction["by"],
  ...using: InTransaction["using"][]
): fc.Arbitrary<InTransaction> =>
  record({ transaction: steps, end, by: fc.constant(by), using: fc.constantFrom(...using) });

const inside = (...steps: fc.Arbitrary<Inside[number]>[]): fc.Arbitrary<Inside> =>
  fc.array(
    fc.oneof(
      { weight: 4, arbitrary: call },
      ...steps.map((arbitrary) => ({ weight: 1, arbitrary })),
    ),
    { minLength: 1, maxLength: 5 },
  );

/** Steps that may be anywhere in a transaction that `transaction` has begun, and others that are so deep in it. */
const nested = (depth: number): fc.Arbitrary<Inside> => {
  const concurrent = together(several(authNames), fc.tuple(savepoint, fc.oneof(call, savepoint)));
  return depth === 0
    ? inside(concurrent)
    : inside(concurrent, transaction(nested(depth - 1), "transaction", "own", "around"));
};

/** Where there is nothing, there is little to call. */
const beginning: Step[] = [
  { call: "createUser", key: "1", password: "right", ahead: true, attributes: { username: "ada" } },
  { call: "createSession", user: 0 },
  { raw: "idleSession", session: 0 },
  { call: "createSession", user: 0 },
  { call: "createKey", user: 0, key: "2", password: "right", ahead: true, expiresIn: 3600 },
  { call: "createUserWithoutKey", attributes: { username: "bob" } },
];

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: callOf([...operationNames, ...more]) },
    { weight: 6, arbitrary: together(several(operationNames)) },
    { weight: 1, arbitrary: together(twoTransactions) },
    { weight: 3, arbitrary: transaction(nested(2), "transaction", "own") },
    { weight: 1, arbitrary: transaction(inside(together(several(authNames))), "Kysely", "own") },
    { weight: 4, arbitrary: raw },
  ),
  { minLength: 1, maxLength: 25, size: "max" },
);

const mostOf = (all: readonly Step[]) =>
  fc.tuple(...all.map((step) => fc.option(fc.constant(step), { freq: 9, nil: [] })));

export const sequences: fc.Arbitrary<Step[]> = fc
  .tuple(mostOf(beginning), steps)
  .map((parts) => parts.flat(2));
