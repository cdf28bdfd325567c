/**
 * A process that signs up users until it is killed: `sign-ups.ts <file> <prefix>`. Prints the name of
 * each one once its sign-up has been acknowledged.
 */
import SQLite from "better-sqlite3";
import { kyselyLucia, schema } from "../../src/index.js";
import type { Database } from "./notes-app.js";

const [path, prefix] = process.argv.slice(2);
const { auth, transaction } = kyselyLucia({
  database: new SQLite(path),
  schema: schema<Database>(),
  lucia: {
    env: "DEV",
    // Time for the database, not for hashing.
    hash: { generate: (password) => `not hashed: ${password}`, validate: () => true },
  },
});

const signUp = (username: string) => ({
  primaryKey: { providerId: "username", providerUserId: username, password: "a password" },
  attributes: { username },
});

async function work(worker: number): Promise<never> {
  for (let n = 0; ; n += 1) {
    const username = `${prefix}-${worker}-${n}`;
    if (worker % 2 === 0) {
      await auth.createUser(signUp(username));
    } else {
      await transaction(async ({ db, auth }) => {
        const { userId } = await auth.createUser(signUp(username));
        await db
          .insertInto("note")
          .values({ user_id: userId, body: `Welcome, ${username}` })
          .execute();
      });
    }
    process.stdout.write(`${username}\n`);
  }
}

await Promise.all([0, 1, 2, 3].map(work));
