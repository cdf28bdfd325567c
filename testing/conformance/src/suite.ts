import { describe } from "vitest";
import { type Context, createContext } from "./context.js";
import type { Harness } from "./harness.js";
import { authOnTests } from "./tests/auth-on.js";
import { changeKeyTests } from "./tests/change-key.js";
import { checkSchemaTests } from "./tests/check-schema.js";
import { createKeyTests } from "./tests/create-key.js";
import { createUserTests } from "./tests/create-user.js";
import { debugModeTests } from "./tests/debug-mode.js";
import { deleteExpiredTests } from "./tests/delete-expired.js";
import { failingRequestsTests } from "./tests/failing-requests.js";
import { getKeyTests } from "./tests/get-key.js";
import { hashStoredSessionsTests } from "./tests/hash-stored-sessions.js";
import { hashStoredSessionsOptionsTests } from "./tests/hash-stored-sessions-options.js";
import { hashedPasswordsTests } from "./tests/hashed-passwords.js";
import { impossibleIdsTests } from "./tests/impossible-ids.js";
import { kyselyTransactionEndTests } from "./tests/kysely-transaction-end.js";
import { lifecycleTests } from "./tests/lifecycle.js";
import { logTests } from "./tests/log.js";
import { logLevelsTests } from "./tests/log-levels.js";
import { migrateTests } from "./tests/migrate.js";
import { nestedTransactionsTests } from "./tests/nested-transactions.js";
import { nestedTransactionsEndTests } from "./tests/nested-transactions-end.js";
import { oddInputTests } from "./tests/odd-input.js";
import { passwordsTests } from "./tests/passwords.js";
import { pluginsTests } from "./tests/plugins.js";
import { racesTests } from "./tests/races.js";
import { renewalsTests } from "./tests/renewals.js";
import { requestsTests } from "./tests/requests.js";
import { retriesTests } from "./tests/retries.js";
import { sessionIdsTests } from "./tests/session-ids.js";
import { sessionsTests } from "./tests/sessions.js";
import { sessionsElsewhereTests } from "./tests/sessions-elsewhere.js";
import { signalTests } from "./tests/signal.js";
import { stacksTests } from "./tests/stacks.js";
import { startCleanupTests } from "./tests/start-cleanup.js";
import { transactionEndTests } from "./tests/transaction-end.js";
import { transactionErrorsTests } from "./tests/transaction-errors.js";
import { transactionOptionsTests } from "./tests/transaction-options.js";
import { transactionScopeTests } from "./tests/transaction-scope.js";
import { transactionsTests } from "./tests/transactions.js";
import { useKeyTests } from "./tests/use-key.js";
import { userSessionsTests } from "./tests/user-sessions.js";
import { usersTests } from "./tests/users.js";
import { withoutForeignKeysTests } from "./tests/without-foreign-keys.js";
import { asItComes, type Variant } from "./variants/variant.js";

const subjects: readonly ((context: Context) => void)[] = [
  createUserTests,
  usersTests,
  createKeyTests,
  getKeyTests,
  changeKeyTests,
  useKeyTests,
  passwordsTests,
  hashedPasswordsTests,
  sessionsTests,
  renewalsTests,
  racesTests,
  sessionIdsTests,
  hashStoredSessionsTests,
  hashStoredSessionsOptionsTests,
  deleteExpiredTests,
  userSessionsTests,
  stacksTests,
  sessionsElsewhereTests,
  requestsTests,
  failingRequestsTests,
  transactionsTests,
  nestedTransactionsTests,
  nestedTransactionsEndTests,
  transactionOptionsTests,
  retriesTests,
  signalTests,
  authOnTests,
  transactionScopeTests,
  transactionEndTests,
  kyselyTransactionEndTests,
  transactionErrorsTests,
  pluginsTests,
  logTests,
  logLevelsTests,
  debugModeTests,
  migrateTests,
  checkSchemaTests,
  startCleanupTests,
  oddInputTests,
  impossibleIdsTests,
  withoutForeignKeysTests,
  lifecycleTests,
];

const withSessionsElsewhere = [sessionsElsewhereTests, failingRequestsTests];

/**
 * Checks all that a dialect's factory promises: through what the factory returns, and by reading the
 * database beside it. To be called in a vitest file, once for the factory as it comes, and once for each
 * of the `variants`.
 *
 * @example
 * ```ts
 * conformanceSuite("sqlite", {
 *   createDatabase: async () => ({
 *     open: async (options) => {
 *       const database = new SQLite(path);
 *       const instance = kyselyLucia({ database, schema: schema<Database>(), ...options });
 *       return { instance, isOpen: () => database.open };
 *     },
 *     …
 *   }),
 *   …
 * });
 * ```
 */
export function conformanceSuite(name: string, harness: Harness, variant = asItComes): void {
  const context = createContext(harness, variant);
  describe(`${name}, ${variant.name}: conformance`, () => {
    for (const addTests of subjectsOf(variant)) addTests(context);
  });
}

/** Sessions outside of the database are refused inside of a transaction, rather than used. */
function subjectsOf({ insideTransactions }: Variant) {
  return insideTransactions
    ? subjects.filter((subject) => !withSessionsElsewhere.includes(subject))
    : subjects;
}
