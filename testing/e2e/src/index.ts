import { describe } from "vitest";
import type { Example } from "./examples.js";
import { setStage } from "./stage.js";
import { testAccount } from "./tests/account.js";
import { testCookies } from "./tests/cookies.js";
import { testFailures } from "./tests/failures.js";
import { testForeignForms } from "./tests/foreign-forms.js";
import { testKeyboard } from "./tests/keyboard.js";
import { testLateScripts } from "./tests/late-scripts.js";
import { testNotes } from "./tests/notes.js";
import { testSettings } from "./tests/settings.js";
import { testSignIn } from "./tests/sign-in.js";
import { testSignUp } from "./tests/sign-up.js";

export { expressSqlite, honoPostgres, nextjsPostgres, sveltekitMysql } from "./examples.js";

/** Whether pages that are sent and shown like those before them are walked through, too. `pnpm test:e2e` does. */
const isWhole = process.env["KYSELY_LUCIA_NIGHTLY"] !== undefined;

/** Walks through the site of an example as people do. What they see and do is the same on all of them. */
export function testExample(example: Example): void {
  const stage = setStage(example);
  const modes = example.forms === "enhanced" ? (["on", "off"] as const) : (["on"] as const);

  describe.each(modes)("with JavaScript %s", (javaScript) => {
    testSignUp(stage, { javaScript });
    testNotes(stage, { javaScript });
    if (javaScript === "off" && !isWhole) return;
    testSignIn(stage, { javaScript });
    testAccount(stage, { javaScript });
  });
  testKeyboard(stage);
  if (example.forms !== "plain") testLateScripts(stage);
  testCookies(stage);
  testForeignForms(stage);
  testFailures(stage);
  if (example.database !== "sqlite") testSettings(stage);
}
