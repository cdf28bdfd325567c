import { promisesByOperation, statementsByOperation } from "@kysely-lucia/conformance";
import { expect, test } from "vitest";
import { harnessOn } from "./support/harness.js";

test("operations send no more statements than they need", async () => {
  expect(await statementsByOperation(harnessOn(1))).toEqual({
    validateSession: "select",
    validateSessionUser: "select",
    "validateSessionUser, idle": "select delete begin select insert commit",
    createSession: "delete insert",
    getAllUserSessions: "select select",
    invalidateSession: "delete",
    invalidateAllUserSessions: "begin select delete commit",
    getUser: "select",
    // Nothing is returned: the user is locked first, and read with a lock, so that both tell what is there now.
    updateUserAttributes: "delete begin select update select commit",
    deleteUser: "begin select delete delete delete commit",
    createUser: "begin insert select insert commit",
    "createUser, without a key": "begin insert select commit",
    useKey: "select",
    createKey: "insert",
    "useKey, single use": "select delete",
    updateKeyPassword: "update select",
  });
});

test("operations take no more promises than they need", async () => {
  const found = await promisesByOperation(harnessOn(1));
  expect(found.validateSessionUser).toBeLessThanOrEqual(14);
  expect(found.createUser).toBeLessThanOrEqual(52);
  expect(found["select, through db"]).toBeLessThanOrEqual(16);
});
