import type {
  Adapter,
  AuthRequest,
  Env,
  Key,
  Auth as LuciaAuth,
  LuciaErrorConstructor,
  Middleware,
  Session,
} from "lucia-auth";
import type { HashedPassword } from "./password/hashed-password.js";

/**
 * What an {@link Auth} is typed by. The members are looked up where they are used (`T["user"]`): that
 * is what lets TypeScript see `Auth` as Lucia's own class whatever `Lucia` an app has declared
 * globally, and it needs constraints of `any` here, which stand for "known to the caller only".
 */
export interface AuthTypes {
  /** Lucia's middleware: what `handleRequest` takes. */
  middleware: Middleware;
  /** What `createUser` takes. */
  // biome-ignore lint/suspicious/noExplicitAny: see above
  attributes: any;
  /** What `updateUserAttributes` takes. */
  // biome-ignore lint/suspicious/noExplicitAny: see above
  attributesUpdate: any;
  /** A row of `auth_user`: what `transformDatabaseUser` is given. */
  // biome-ignore lint/suspicious/noExplicitAny: see above
  databaseUser: any;
  /** What `transformDatabaseUser` returns: a user as the app sees it. */
  // biome-ignore lint/suspicious/noExplicitAny: see above
  user: any;
}

/** What makes Lucia's `Auth` know its middleware and its user. */
interface LuciaConfiguration<T extends AuthTypes> {
  adapter: (error: LuciaErrorConstructor) => Adapter;
  env: Env;
  middleware: T["middleware"];
  transformDatabaseUser: (user: T["databaseUser"]) => T["user"];
}

/** A request being handled: Lucia's `AuthRequest` with the app's own user. */
export interface TypedAuthRequest<T extends AuthTypes> extends AuthRequest {
  /**
   * The signed-in user and its session, or two nulls. Renews an idle session.
   *
   * @throws the driver's own error where the database cannot be asked; nobody is signed out by it.
   */
  validateUser: () => Promise<
    { user: T["user"]; session: Session } | { user: null; session: null }
  >;
}

type SingleUseKey = Extract<Key, { type: "single_use" }>;
type PersistentKey = Extract<Key, { type: "persistent" }>;

/** Written as Lucia's own, so that TypeScript finds them alike. */
type KeyOf<Type extends string> = Type extends "persistent"
  ? PersistentKey
  : Type extends "single_use"
    ? SingleUseKey
    : never;

/** The key that a new user signs in with; a password of null makes a key without one. */
interface PrimaryKey {
  providerId: string;
  providerUserId: string;
  password: string | HashedPassword | null;
}

/** A further key of a user. `expiresIn` is in seconds. */
type NewKey = PrimaryKey &
  ({ readonly type: "persistent" } | { readonly type: "single_use"; expiresIn: number });

/**
 * Lucia's `Auth`, and usable wherever that is asked for, with the columns of the app's own
 * `auth_user` and what its own `transformDatabaseUser` returns in place of `any`.
 */
export interface Auth<T extends AuthTypes> extends LuciaAuth<LuciaConfiguration<T>> {
  transformDatabaseUser: (databaseUser: T["databaseUser"]) => T["user"];
  /**
   * The user with this id.
   *
   * @throws LuciaError `AUTH_INVALID_USER_ID`
   */
  getUser: (userId: string) => Promise<T["user"]>;
  /**
   * The session with its user. It is not renewed.
   *
   * @throws LuciaError `AUTH_INVALID_SESSION_ID`
   */
  getSessionUser: (sessionId: string) => Promise<{ user: T["user"]; session: Session }>;
  /**
   * The session with its user. An idle session is renewed: the one that is returned has another id then.
   *
   * @throws LuciaError `AUTH_INVALID_SESSION_ID`
   */
  validateSessionUser: (sessionId: string) => Promise<{ user: T["user"]; session: Session }>;
  /**
   * Writes a user and, unless `primaryKey` is null, its key: both or neither.
   *
   * @throws LuciaError `AUTH_DUPLICATE_KEY_ID`, or `AUTH_INVALID_PASSWORD` for a password that is not a
   *   string of 1 to 4096 characters
   * @throws TooManyPasswordsError where 1000 passwords are waiting to be hashed
   * @throws TypeError for attributes that contain `id`, and for ids that could not be stored as they are
   * @throws the driver's own error for a column of the app's, such as a name that is taken: see
   *   `isUniqueViolation` of the dialect's package
   * @example
   * ```ts
   * const user = await auth.createUser({
   *   primaryKey: { providerId: "email", providerUserId: form.email, password: form.password },
   *   attributes: { username: form.username },
   * });
   * ```
   */
  createUser: (data: {
    primaryKey: PrimaryKey | null;
    attributes: T["attributes"];
  }) => Promise<T["user"]>;
  /**
   * Adds a key to a user: another way to sign in, or one that can be used once.
   *
   * @throws LuciaError `AUTH_DUPLICATE_KEY_ID`, `AUTH_INVALID_USER_ID`, or `AUTH_INVALID_PASSWORD`
   * @throws TooManyPasswordsError where 1000 passwords are waiting to be hashed
   * @throws TypeError for ids that could not be stored as they are, and for an `expiresIn` that is no time
   */
  createKey: <Data extends NewKey>(userId: string, data: Data) => Promise<KeyOf<Data["type"]>>;
  /**
   * Gives a key another password, or none (`null`).
   *
   * @throws LuciaError `AUTH_INVALID_KEY_ID` or `AUTH_INVALID_PASSWORD`
   * @throws TooManyPasswordsError where 1000 passwords are waiting to be hashed
   */
  updateKeyPassword: (
    providerId: string,
    providerUserId: string,
    password: string | HashedPassword | null,
  ) => Promise<void>;
  /**
   * Writes columns of `auth_user`, and returns the user as it is then.
   *
   * @throws LuciaError `AUTH_INVALID_USER_ID`
   * @throws TypeError for attributes that contain `id`
   * @throws the driver's own error for a column of the app's, such as a name that is taken
   */
  updateUserAttributes: (userId: string, attributes: T["attributesUpdate"]) => Promise<T["user"]>;
  /**
   * Takes what the middleware takes: for `express()`, a request and a response.
   *
   * @throws ConfigurationError for what the middleware cannot read
   */
  handleRequest: (
    ...args: T["middleware"] extends Middleware<infer Args> ? Args : never
  ) => TypedAuthRequest<T>;
}
