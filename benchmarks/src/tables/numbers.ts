import type { Admin } from "../dialects/dialect.js";

/** The table that rows are made from: `i` goes from 0 up. */
const NUMBERS = "numbers";

/** Makes it hold at least this many. Doubling is SQL that every database takes, and fast on all. */
export async function ensureNumbers(admin: Admin, count: number): Promise<void> {
  await admin.run(`create table if not exists ${NUMBERS} (i bigint primary key)`);
  let there = Number(await admin.ask(`select count(*) from ${NUMBERS}`));
  if (there === 0) {
    await admin.run(`insert into ${NUMBERS} values (0)`);
    there = 1;
  }
  for (; there < count; there *= 2) {
    await admin.run(`insert into ${NUMBERS} select i + ${there} from ${NUMBERS}`);
  }
}

/** A row for each user and each of so many things that it has: `u.i` and `thing.i`. */
export function usersTimes(users: number, things: number): string {
  return (
    `from ${NUMBERS} u cross join ${NUMBERS} thing ` +
    `where u.i < ${users} and thing.i < ${things}`
  );
}

/** A row for each user: `u.i`. */
export function eachUser(users: number): string {
  return `from ${NUMBERS} u where u.i < ${users}`;
}
