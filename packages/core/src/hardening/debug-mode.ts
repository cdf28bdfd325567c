import type { Configuration } from "lucia-auth";
import type { Hardening } from "./hardening.js";

const DEBUG_FLAG = "__lucia_debug_mode";

/**
 * In debug mode Lucia prints session ids, and the wrong password that somebody typed. The mode is a flag of
 * the whole process, which another Lucia in it may have set; here it is off while Lucia reads a request.
 */
export const hardenDebugMode: Hardening = (auth) => {
  const { parseRequestHeaders } = auth;
  return {
    parseRequestHeaders: (request) => withoutDebugMode(() => parseRequestHeaders(request)),
  };
};

/** Runs code of Lucia's that would print what is secret, and that awaits nothing. */
export function withoutDebugMode<T>(run: () => T): T {
  const flag: unknown = Reflect.get(globalThis, DEBUG_FLAG);
  Reflect.set(globalThis, DEBUG_FLAG, false);
  try {
    return run();
  } finally {
    Reflect.set(globalThis, DEBUG_FLAG, flag);
  }
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
