import lucia, { type Adapter, type Configuration } from "lucia-auth";
import type { AnyAuth } from "./hardening/hardening.js";

const DEBUG_FLAG = "__lucia_debug_mode";

/**
 * Stock Lucia on an adapter. Each `lucia()` sets a global debug flag and greets where it is on; that
 * is left to the one on the pool, so that those of transactions change and print nothing.
 */
export function createLucia(
  options: Omit<Configuration, "adapter">,
  adapter: Adapter,
  on: "pool" | "transaction",
): AnyAuth {
  const config: Configuration = { ...options, adapter: () => adapter };
  if (on === "pool") return lucia(config);
  const flag: unknown = Reflect.get(globalThis, DEBUG_FLAG);
  const auth = lucia({ ...config, experimental: { debugMode: false } });
  Reflect.set(globalThis, DEBUG_FLAG, flag);
  return auth;
}
