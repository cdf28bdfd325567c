import { LuciaError } from "lucia-auth";
import { expect } from "vitest";

/** Lucia's own error codes. */
export type LuciaCode = ConstructorParameters<typeof LuciaError>[0];

/** The error that a call rejects with. A call that succeeds fails the test. */
export function rejectionOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    (result) => {
      throw new Error(`The call should have failed, but returned ${JSON.stringify(result)}.`);
    },
    (error: unknown) => error,
  );
}

/** Expects a call to reject with Lucia's own error of that code. */
export async function expectCode(call: Promise<unknown>, code: LuciaCode): Promise<void> {
  const error = await rejectionOf(call);
  expect(String(error)).toBe(`Error: ${code}`);
  expect(error).toBeInstanceOf(LuciaError);
}

/** What code without types, a form or a JSON body, may pass in the place of any type. */
export const untyped = (value: unknown) => value as never;

/** A promise that is resolved from outside: it orders two flows without waiting for a time. */
export function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

/** Starts `count` calls at once and tells which succeeded and which errors the others had. */
export async function atOnce<T>(count: number, call: (index: number) => Promise<T>) {
  const results = await Promise.allSettled(
    Array.from({ length: count }, (_, index) => call(index)),
  );
  return {
    fulfilled: results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : [])),
    errors: results.flatMap((result) =>
      result.status === "rejected" ? [String(result.reason)] : [],
    ),
  };
}

/** Lets other promises go on, as often as this. */
export const ticks = async (count: number) => {
  for (let tick = 0; tick < count; tick += 1) await null;
};

/** A signal, and what aborts it and returns the reason. */
export function aborting() {
  const controller = new AbortController();
  const reason = new Error("Changed my mind");
  const abort = () => {
    controller.abort(reason);
    return reason;
  };
  return { signal: controller.signal, abort };
}
