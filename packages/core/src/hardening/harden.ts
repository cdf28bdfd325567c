import { mendCreateKey } from "./create-key.js";
import type { AnyAuth, Mend, MendContext } from "./mend.js";
import { refuseEmptyPasswords } from "./passwords.js";
import { mendRequests } from "./requests.js";
import { mendUseKey } from "./use-key.js";
import { mendDeleteUser, mendWrites } from "./writes.js";

/** All that is mended in Lucia 1.x. Each mend says in its own file what goes wrong without it. */
const mends: readonly Mend[] = [
  mendCreateKey,
  refuseEmptyPasswords,
  mendUseKey,
  mendWrites,
  mendDeleteUser,
  mendRequests,
];

/** Replaces the methods of a Lucia instance that the mends mend, on that same instance. */
export function harden(auth: AnyAuth, context: MendContext): AnyAuth {
  for (const mend of mends) Object.assign(auth, mend(auth, context));
  return auth;
}
