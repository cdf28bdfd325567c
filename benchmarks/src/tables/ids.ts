import type { Facts } from "../dialects/dialect.js";
import { SEED } from "./world.js";

// Ids are no row of numbers: what is near in time is not near in an index. A multiplication modulo a
// prime gives each number another one, in JavaScript and in any SQL alike.
const FACTOR = 48_271;
const PRIME = 2_147_483_647;

/** As long as Lucia makes them, which checks it. */
const SESSION_ID_LENGTH = 40;

const digits = (number: number) => String(((number + 1) * FACTOR) % PRIME).padStart(10, "0");

export function userId(user: number): string {
  return `${SEED}${digits(user)}`;
}

export function username(user: number): string {
  return `person${user}`;
}

/**
 * @param generation sessions are filled in anew now and then, under ids that were never seen, because
 *   a contestant may remember those that it has renewed
 */
export function sessionId(session: number, generation: number): string {
  return `${SEED}${digits(session)}${ending(generation)}`;
}

/** The same three in SQL. */
export function sqlIds({ concat, tenDigits }: Facts) {
  const sqlDigits = (number: string) => tenDigits(`(${number} + 1) * ${FACTOR} % ${PRIME}`);
  return {
    userId: (user: string) => concat(`'${SEED}'`, sqlDigits(user)),
    username: (user: string) => concat("'person'", user),
    sessionId: (session: string, generation: number) =>
      concat(`'${SEED}'`, sqlDigits(session), `'${ending(generation)}'`),
  };
}

function ending(generation: number): string {
  return String(generation).padStart(SESSION_ID_LENGTH - userId(0).length, "x");
}
