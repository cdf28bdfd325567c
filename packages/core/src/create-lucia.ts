import lucia, { type Adapter, type Configuration } from "lucia-auth";
import { withoutDebugMode } from "./hardening/debug-mode.js";
import type { AnyAuth } from "./hardening/hardening.js";

/**
 * Stock Lucia on an adapter, without debug mode, which prints secrets. `lucia()` sets the mode for the
 * whole process; it is left as it was.
 */
export function createLucia(options: Omit<Configuration, "adapter">, adapter: Adapter): AnyAuth {
  return withoutDebugMode(() =>
    lucia({ ...options, adapter: () => adapter, experimental: { debugMode: false } }),
  );
}

/** Says once that debug mode stays off. */
export function warnOfDebugMode({ experimental }: Omit<Configuration, "adapter">): void {
  if (!experimental?.debugMode) return;
  process.emitWarning(
    "The option `lucia.experimental.debugMode` has no effect: in debug mode Lucia prints session ids, and " +
      "passwords that were typed wrong. To see the queries of `auth`, give Kysely a log: " +
      '`kysely: { log: ["query"] }`. It gets them without their values.',
  );
}
