/** The error that a call rejects with. A call that succeeds fails the test. */
export function rejectionOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    (result) => {
      throw new Error(`The call should have failed, but returned ${JSON.stringify(result)}.`);
    },
    (error: unknown) => error,
  );
}
