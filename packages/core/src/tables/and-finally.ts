/** Does the work, and what comes after it either way. Where both fail, what counts is why the work has: its connection may be lost. */
export async function andFinally<Result>(
  work: () => Promise<Result>,
  after: () => Promise<unknown>,
): Promise<Result> {
  const result = await work().catch(async (error: unknown) => {
    await after().catch(() => {});
    throw error;
  });
  await after();
  return result;
}
