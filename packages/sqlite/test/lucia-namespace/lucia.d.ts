/** What Lucia's documentation asks every app to declare. */
declare namespace Lucia {
  type Auth = typeof import("../types/app.js").auth;
  type UserAttributes = { username: string; visits?: number };
}
