import { startPostgres } from "@kysely-lucia/services";
import type { TestProject } from "vitest/node";

/**
 * Starts one server for all test files of a project, and stops it after them. The project's name ends
 * with the server's version: `postgres-14`.
 */
export default async function setup({ name, provide }: TestProject): Promise<() => Promise<void>> {
  const version = Number(name.replace("postgres-", ""));
  const { url, stop } = await startPostgres({ version: version === 14 ? 14 : 18 });
  provide("postgresUrl", url);
  return stop;
}
