import type { Hardening } from "./hardening.js";

/**
 * Lucia stores a single-use key of NaN or infinite seconds as one that never expires and can be used
 * for ever, and says of each new one that it has expired.
 */
export const hardenCreateKey: Hardening = (auth) => {
  const { createKey } = auth;
  return {
    createKey: async (userId, data) => {
      if (data.type !== "persistent") assertSeconds(data.expiresIn);
      const key = await createKey(userId, data);
      return "expiresAt" in key ? { ...key, expired: Date.now() > key.expiresAt.getTime() } : key;
    },
  };
};

function assertSeconds(expiresIn: unknown): void {
  const time = typeof expiresIn === "number" ? new Date(Date.now() + expiresIn * 1000) : undefined;
  if (time && !Number.isNaN(time.getTime())) return;
  throw new TypeError(
    `createKey was given expiresIn: ${String(expiresIn)} for a single-use key. Expected the number of ` +
      "seconds until it expires, such as 3600 for an hour. Nothing was stored.",
  );
}
