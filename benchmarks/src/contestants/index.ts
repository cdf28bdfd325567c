import { betterAuth } from "./better-auth.js";
import type { Contestant } from "./contestant.js";
import { expressSession } from "./express-session.js";
import { kysely } from "./kysely.js";
import { lucia3 } from "./lucia3.js";
import { official } from "./official.js";
import { ours } from "./ours.js";
import { raw } from "./raw.js";

/** In the order in which results show them. */
export const contestants: readonly Contestant[] = [
  ours,
  official,
  kysely,
  lucia3,
  betterAuth,
  expressSession,
  raw,
];
