/**
 * How often each test is run: once, or more in `pnpm test:nightly`. What is left to chance in a test,
 * such as the moment, is another one each time.
 */
export const ROUNDS = Number(process.env["KYSELY_LUCIA_FAULT_ROUNDS"] ?? 1);
