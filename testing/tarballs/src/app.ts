import type { Dialect } from "./dialects.js";

/** An app that signs somebody up, out, in, and out. It says so, and ends. */
export const appOf = ({ name, imports, pool, column }: Dialect): string => `
${imports}
import { LuciaError } from "lucia-auth";
import { type AuthDatabase, hashPassword, isUniqueViolation, kyselyLucia, schema } from "@kysely-lucia/${name}";

interface Database extends AuthDatabase<{ username: string }> {}

export const { db, auth, transaction, migrate, checkSchema, close } = kyselyLucia({
  ${pool},
  schema: schema<Database>(),
  sessionIds: "hashed",
  lucia: {
    env: "DEV",
    transformDatabaseUser: (user) => ({ userId: user.id, username: user.username }),
  },
  userColumns: (table) => table.addColumn("username", ${column}, (c) => c.notNull().unique()),
});

await migrate();
console.log("wrong in the tables:", (await checkSchema()).length);

const password = await hashPassword("correct horse");
const signUp = (providerUserId: string, username: string) =>
  transaction(async ({ auth }) => {
    const primaryKey = { providerId: "username", providerUserId, password };
    const user = await auth.createUser({ primaryKey, attributes: { username } });
    return auth.createSession(user.userId);
  });
const first = await signUp("ada", "Ada");
console.log("signed up:", (await auth.validateSessionUser(first.sessionId)).user.username);

const isTaken = (error: unknown) => error instanceof LuciaError && error.message === "AUTH_DUPLICATE_KEY_ID";
console.log("key taken:", await signUp("ada", "Grace").catch(isTaken));
console.log("name taken:", await signUp("grace", "Ada").catch((error: unknown) => isUniqueViolation(error, "auth_user.username")));
const { count } = await db.selectFrom("auth_user").select(db.fn.countAll<number | string>().as("count")).executeTakeFirstOrThrow();
console.log("users:", Number(count));

await auth.invalidateSession(first.sessionId);
const { userId } = await auth.useKey("username", "ada", "correct horse");
const second = await auth.createSession(userId);
await auth.invalidateSession(second.sessionId);
console.log("signed out:", await auth.validateSession(second.sessionId).catch((error: unknown) => error instanceof LuciaError));
await close();
`;

/** What such an app prints. */
export const PRINTED = `wrong in the tables: 0
signed up: Ada
key taken: true
name taken: true
users: 1
signed out: true
`;
