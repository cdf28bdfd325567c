import { hardenCreateKey } from "./create-key.js";
import { hardenDebugMode } from "./debug-mode.js";
import { hardenDeleteUser } from "./delete-user.js";
import type { AnyAuth, Hardening, HardeningContext } from "./hardening.js";
import { hardenKeyIds } from "./key-ids.js";
import { hardenPasswords } from "./passwords.js";
import { hardenRequests } from "./requests.js";
import { hardenSessions } from "./sessions.js";
import { hardenUpdateUser } from "./update-user.js";
import { hardenUseKey } from "./use-key.js";

/** All that is put right in Lucia 1.x. Each one says in its file what goes wrong without it. */
const hardenings: readonly Hardening[] = [
  hardenCreateKey,
  hardenPasswords,
  hardenUseKey,
  hardenKeyIds,
  hardenSessions,
  hardenUpdateUser,
  hardenDeleteUser,
  hardenDebugMode,
  hardenRequests,
];

/** Replaces methods of a Lucia instance, on that same instance. */
export function harden(auth: AnyAuth, context: HardeningContext): AnyAuth {
  for (const hardening of hardenings) Object.assign(auth, hardening(auth, context));
  return auth;
}
