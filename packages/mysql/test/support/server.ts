import { startMariadb } from "@kysely-lucia/services";
import type { TestProject } from "vitest/node";

/** Starts one server for all test files of this package, and stops it after them. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const { url, stop } = await startMariadb();
  provide("mysqlUrl", url);
  return stop;
}
