import path from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { parts } from "./scripts/mutation/parts.mjs";

const { MUTATION_PART = "core", MUTATION_TESTS } = process.env;
const { tests, more = [], servers = [] } = parts[MUTATION_PART] ?? { tests: [] };

/**
 * Stryker copies the repository without its `node_modules`, to which it makes links. Those of the workspace's
 * packages lead back out of the copy, to sources that are not mutated, so the packages are named here.
 */
const inThisCopy = (folder: string, names: readonly string[]) =>
  names.map((name) => ({
    find: `@kysely-lucia/${name}`,
    replacement: path.join(import.meta.dirname, folder, name, "src/index.ts"),
  }));

/** First what needs no server; of that, what noticed the last mutant, and then what takes least: most mutants go no further. */
class LikeliestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const onServer = ({ moduleId }: TestSpecification) => Number(/postgres|mysql/.test(moduleId));
    const known = ({ moduleId, project }: TestSpecification) =>
      this.ctx.cache.getFileTestResults(
        `${project.name}:${path.relative(this.ctx.config.root, moduleId)}`,
      );
    const passed = (file: TestSpecification) => Number(!known(file)?.failed);
    const duration = (file: TestSpecification) => known(file)?.duration ?? 0;
    return files.toSorted(
      (left, right) =>
        onServer(left) - onServer(right) ||
        passed(left) - passed(right) ||
        duration(left) - duration(right),
    );
  }
}

export default defineConfig({
  resolve: {
    alias: [
      ...inThisCopy("packages", ["schema", "core", "sqlite", "postgres", "mysql"]),
      ...inThisCopy("testing", ["conformance", "services"]),
    ],
  },
  test: {
    include: MUTATION_TESTS === "all" ? [...tests, ...more] : tests,
    exclude: ["**/node_modules/**"],
    // Each mutant has a worker of its own anyway: files are spared loading everything again.
    isolate: false,
    sequence: { sequencer: LikeliestFirst },
    globalSetup: servers.map((name) => `packages/${name}/test/support/server.ts`),
    // Many mutants make a test wait for ever, and then what cleans up after it.
    testTimeout: 6_000,
    hookTimeout: 6_000,
  },
});
