import type { OpenedPool } from "./dialect-spec.js";
import type { AnyKysely } from "./executor.js";

/** Closes Kysely and the pool under it, which Kysely leaves open where it was never asked anything. */
export function closeOnce(db: AnyKysely, pool: Pick<OpenedPool, "close">): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= db
      .destroy()
      .then(() => pool.close())
      .catch((error) => {
        closing = undefined;
        throw error;
      });
    return closing;
  };
}
