/** A defect of the wiring by hand, and what happens in its place. */
export interface Defect {
  /** Its number, such as `D3`. */
  readonly id: string;
  /** What goes wrong, in Markdown. */
  readonly name: string;
  readonly instead: string;
}

const defect = (id: string, name: string, instead: string): Defect => ({ id, name, instead });

/** All of them, in the order of their numbers. Scenarios prove them, and tables are made of them. */
export const defects: readonly Defect[] = [
  defect(
    "D1",
    "each sign-up keeps a connection of `pg` for ever",
    "any number of sign-ups, even on a pool of 1",
  ),
  defect("D2", "each sign-up keeps a connection of `mysql2` for ever", "the same"),
  defect("D3", "a sign-up that fails leaves a user without a key", "both or neither"),
  defect(
    "D4",
    "Lucia's writes join whatever transaction of the app is open, and roll back with it",
    "they wait for their turn",
  ),
  defect(
    "D5",
    "on the documented pool of `mysql2/promise`, Kysely never answers",
    "both kinds of pool work",
  ),
  defect(
    "D6",
    "ids that differ in case, accents or a space at the end count as equal",
    "compared byte by byte, also on existing tables",
  ),
  defect(
    "D7",
    "after a sign-up with an empty password, any password signs in",
    "`AUTH_INVALID_PASSWORD`",
  ),
  defect("D8", "a single-use key can be used several times at once", "once"),
  defect(
    "D9",
    "a database error while a request is validated signs the user out",
    "the error reaches the caller, the cookie stays",
  ),
  defect(
    "D10",
    "checking passwords blocks the event loop",
    "hashed on the thread pool, in Lucia's format",
  ),
  defect(
    "D11",
    "a password that NFKC changes never signs in again",
    "it does, also with a hash that Lucia stored",
  ),
  defect(
    "D12",
    "a refused deletion of a dead session ends the process",
    "one rejection, which reaches the caller",
  ),
  defect(
    "D13",
    "a user id or a name that is taken is reported as a key that is taken",
    "the driver's own error",
  ),
  defect(
    "D14",
    "the Express middleware loses the port: forms count as sent from elsewhere",
    "the port stays",
  ),
  defect(
    "D15",
    "`useKey` answers sooner for an unknown key, which tells who has an account",
    "an unknown key costs one hash too",
  ),
  defect(
    "D16",
    "`createSession` reads all sessions of the user",
    "a fixed number of statements, and no rows",
  ),
  defect(
    "D17",
    "the documented types of the auth columns are not what arrives",
    "typed as it arrives",
  ),
  defect("D18", "closing closes nothing before the first query", "`close()` always closes"),
  defect(
    "D19",
    "with an adapter over the app's Kysely, `CamelCasePlugin` renames the auth columns",
    "the app's plugins are for the app's queries",
  ),
  defect(
    "D20",
    "a bcrypt hash is refused even with a validator of one's own",
    "the validator decides",
  ),
  defect("D21", "debug mode prints passwords and session ids", "debug mode stays off"),
  defect(
    "D22",
    "ids with NUL, half of a surrogate pair, or of 6400 characters reach the database",
    "not found; to create one is a `TypeError`, and nothing is stored",
  ),
  defect(
    "D23",
    "an error that the caller has caught ends the process",
    "one rejection, the caller's",
  ),
  defect(
    "D24",
    "a single-use key that expires in `NaN` or `Infinity` seconds is kept for ever",
    "a `TypeError`, and nothing is stored",
  ),
  defect("D25", "each new single-use key is said to have expired", "the truth"),
  defect(
    "D26",
    "the Node middleware splits the app's own cookies at the comma in `Expires`",
    "other cookies stay as they are",
  ),
  defect(
    "D27",
    "provider `p:q` with user `r` and provider `p` with user `q:r` are one key",
    "the same: apps may rely on it. Use no colon in names of providers",
  ),
  defect(
    "D28",
    "an idle session is renewed once for each request, and past the end of all sessions",
    "one renewal in a process, and none past the end",
  ),
  defect(
    "D29",
    "using a single-use key deletes a newer key of the same id",
    "what was used is deleted, nothing else",
  ),
];

/** The defect that a scenario is about: `D22` for `D22b`. */
export function defectOf(scenarioId: string): Defect {
  const id = scenarioId.replace(/[a-z]$/, "");
  const found = defects.find((one) => one.id === id);
  if (!found) throw new Error(`${scenarioId} is about no defect.`);
  return found;
}
