import type { Operation } from "../operation.js";
import { keys } from "./keys.js";
import { sessions } from "./sessions.js";
import { users } from "./users.js";

/** All calls that the model knows. */
const operations = { ...users, ...keys, ...sessions };

export type OperationName = keyof typeof operations;

/** An operation by its name, whatever it takes. */
export const operationNamed = (name: OperationName): Operation => operations[name];

export const operationNames = namesIn(operations);

/** Those of `auth`, which can be called in transactions. */
export const authNames = operationNames.filter((name) => name !== "hashStoredSessions");

/** Calls that are in each other's way if they are made at the same time. */
export const rivals: readonly OperationName[][] = [
  namesIn(users),
  [...namesIn(keys), "deleteUser"],
  [...namesIn(sessions), "deleteUser"],
];

function namesIn<Table extends object>(table: Table) {
  return Object.keys(table) as (keyof Table)[];
}
