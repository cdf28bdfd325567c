import { appInsert, appJoin, appSelect } from "./app-queries.js";
import { createSession } from "./create-session.js";
import { signIn } from "./sign-in.js";
import { signUp } from "./sign-up.js";
import { validate, validateIdle } from "./validate.js";
import type { Work } from "./work.js";

/** The work whose rate is measured, in the order in which results show it. */
export const works: readonly Work[] = [
  validate,
  validateIdle,
  signIn,
  signUp,
  createSession(1),
  createSession(10),
  createSession(1000),
  appSelect,
  appInsert,
  appJoin,
];
