import { PASSWORD } from "./visitor.js";

/** All that changes something, with fields that would do. */
export const CALLS = [
  ["/api/sign-up", { username: "victim", password: PASSWORD }],
  ["/api/sign-in", { username: "victim", password: PASSWORD }],
  ["/api/sign-in/pocket-id", {}],
  ["/api/sign-up/pocket-id", { username: "victim" }],
  ["/api/sign-out", {}],
  ["/api/notes", { body: "written elsewhere" }],
  ["/api/notes/1/delete", {}],
  ["/api/account/password", { current: PASSWORD, password: "battery staple" }],
  ["/api/account/delete", { confirm: PASSWORD }],
  ["/api/account/sessions/x/end", {}],
  ["/api/account/ways/pocket-id", {}],
  ["/api/account/ways/password/remove", {}],
] as const;
