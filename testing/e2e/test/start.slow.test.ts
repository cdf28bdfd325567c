import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

test("npm start says which examples there are", async () => {
  const start = promisify(execFile)(process.execPath, ["scripts/demo.mjs", "nowhere"], {
    cwd: ROOT,
  });
  await expect(start).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^There is no example "nowhere"\. There are .*express-sqlite/),
  });
});
