/** `next dev` calls this before it answers. In production `server.ts` creates the tables, and a build never does. */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs" || process.env.NODE_ENV !== "development") return;
  const { db, migrate } = await import("./auth");
  const { createTables } = await import("./database");
  await migrate();
  await createTables(db);
}
