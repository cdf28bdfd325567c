import { promisesByOperation, statementsByOperation } from "@kysely-lucia/conformance";
import { expect, test } from "vitest";
import { harness } from "./support/harness.js";

test("operations send no more statements than they need", async () => {
  expect(await statementsByOperation(harness)).toEqual({
    validateSession: "select",
    validateSessionUser: "select",
    "validateSessionUser, idle": "select delete insert",
    createSession: "delete insert",
    getAllUserSessions: "select select",
    invalidateSession: "delete",
    invalidateAllUserSessions: "delete",
    getUser: "select",
    updateUserAttributes: "delete update",
    deleteUser: "begin delete delete delete commit",
    createUser: "begin insert insert commit",
    "createUser, without a key": "insert",
    useKey: "select",
    createKey: "insert",
    "useKey, single use": "select delete",
    updateKeyPassword: "update",
  });
});

test("operations take no more promises than they need", async () => {
  const found = await promisesByOperation(harness);
  expect(found.validateSessionUser).toBeLessThanOrEqual(11);
  expect(found.createUser).toBeLessThanOrEqual(45);
  expect(found["select, through db"]).toBeLessThanOrEqual(14);
});
