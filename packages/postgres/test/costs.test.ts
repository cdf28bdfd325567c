import { promisesByOperation, statementsByOperation } from "@kysely-lucia/conformance";
import { expect, test } from "vitest";
import { harnessOn } from "./support/harness.js";

test("operations send no more statements than they need", async () => {
  expect(await statementsByOperation(harnessOn(1))).toEqual({
    validateSession: "select",
    validateSessionUser: "select",
    "validateSessionUser, idle": "select delete start select insert commit",
    createSession: "with",
    getAllUserSessions: "select select",
    invalidateSession: "delete",
    invalidateAllUserSessions: "start select delete commit",
    getUser: "select",
    updateUserAttributes: "delete update",
    deleteUser: "start select delete delete delete commit",
    createUser: "with",
    "createUser, without a key": "insert",
    useKey: "select",
    createKey: "with",
    "useKey, single use": "select delete",
    updateKeyPassword: "update",
  });
});

test("operations take no more promises than they need", async () => {
  const found = await promisesByOperation(harnessOn(1));
  expect(found.validateSessionUser).toBeLessThanOrEqual(15);
  expect(found.createUser).toBeLessThanOrEqual(22);
  expect(found["select, through db"]).toBeLessThanOrEqual(16);
});
