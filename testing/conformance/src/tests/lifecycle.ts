import { describe, expect, test } from "vitest";
import type { Context } from "../context.js";
import { gate } from "../support/calls.js";
import { signUp } from "../support/fixtures.js";

/** Closing the pool. */
export function lifecycleTests({ createDatabase }: Context): void {
  const opened = async () => {
    const { raw, open } = await createDatabase();
    return { raw, ...(await open()) };
  };

  describe("close", () => {
    test("closes a pool that was used", async () => {
      const { instance, isOpen } = await opened();
      await instance.migrate();
      expect(isOpen()).toBe(true);
      await instance.close();
      expect(isOpen()).toBe(false);
    });

    test("closes a pool that nothing was ever asked of", async () => {
      const { instance, isOpen } = await opened();
      expect(isOpen()).toBe(true);
      await instance.close();
      expect(isOpen()).toBe(false);
    });

    test("does nothing when it is called again, in turn or at once", async () => {
      const { instance, isOpen } = await opened();
      await instance.migrate();
      await Promise.all([instance.close(), instance.close()]);
      await instance.close();
      expect(isOpen()).toBe(false);
    });

    test("is done by Kysely's own destroy() where the pool was used, and does nothing after it", async () => {
      const { instance, isOpen } = await opened();
      await instance.migrate();
      await instance.db.destroy();
      expect(isOpen()).toBe(false);
      await instance.close();
    });

    test("works when destructured, as all members do", async () => {
      const { instance, isOpen, raw } = await opened();
      const { auth, transaction, migrate, close } = instance;
      await migrate();
      const { createSession } = auth;
      const user = await transaction((scope) => signUp(scope, "ada"));
      await createSession(user.userId);
      expect(await raw.rows("auth_session")).toHaveLength(1);
      await close();
      expect(isOpen()).toBe(false);
    });

    test("lets an open transaction end as its owner wants it to", async () => {
      const { instance, isOpen, raw } = await opened();
      await instance.migrate();
      const begun = gate();
      const over = gate();
      const written = instance.transaction(async (scope) => {
        begun.open();
        await over.opened;
        return signUp(scope, "ada");
      });
      await begun.opened;
      const closed = instance.close();
      over.open();
      const { userId } = await written;
      await closed;
      expect(isOpen()).toBe(false);
      expect(await raw.rows("auth_user")).toMatchObject([{ id: userId }]);
    });

    test("refuses every call after it", async () => {
      const { instance } = await opened();
      await instance.migrate();
      await instance.close();
      await expect(instance.auth.getUser("user-1")).rejects.toThrow();
      await expect(signUp(instance, "ada")).rejects.toThrow();
      await expect(instance.transaction(async () => {})).rejects.toThrow();
      await expect(instance.db.selectFrom("note").selectAll().execute()).rejects.toThrow();
    });
  });

  describe("await using", () => {
    test("closes the pool at the end of the block", async () => {
      const { instance, isOpen } = await opened();
      {
        await using scoped = instance;
        await scoped.migrate();
        expect(isOpen()).toBe(true);
      }
      expect(isOpen()).toBe(false);
    });
  });
}
