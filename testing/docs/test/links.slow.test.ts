import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { ROOT } from "./support/documents.js";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

const DOCUMENTS = ["*.md", "docs/*.md", "packages/*/README.md", "examples/*/README.md"];

test("no link between documents, or to a file, leads nowhere", async () => {
  const remark = join(ROOT, "testing/docs/node_modules/remark-cli/cli.js");
  const links = `${require.resolve("remark-validate-links")}=repository:false`;
  const { stderr } = await run(
    process.execPath,
    [remark, "--no-config", "--no-stdout", "--quiet", "--frail", "--use", links, ...DOCUMENTS],
    { cwd: ROOT },
  ).catch((error: { stderr: string }) => error);
  expect(stderr).toBe("");
});
