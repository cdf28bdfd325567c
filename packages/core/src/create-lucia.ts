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
