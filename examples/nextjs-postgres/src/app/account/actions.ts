"use server";

import { hashSessionId } from "@kysely-lucia/postgres";
import * as accounts from "../../accounts";
import { auth, type User } from "../../auth";
import { BUSY, unlessBusy } from "../../busy";
import type { FormAction } from "../../components/form";
import { redirect } from "../../flash";
import { checkNewPassword, hasErrors, readFields } from "../../forms";
import { sessionOf } from "../../sessions";
import { visitOfAction } from "../../visit";

export async function endSession(handle: unknown): Promise<void> {
  const { user, session, setSession } = await visitOfAction();
  const ended = await sessionOf(user.userId, String(handle));
  if (!ended) return redirect("/account", "session-gone");
  await auth.invalidateSession(ended.sessionId);
  if (hashSessionId(ended.sessionId) !== hashSessionId(session.sessionId)) {
    return redirect("/account", "session-ended");
  }
  setSession(null);
  return redirect("/", "signed-out");
}

export const changePassword: FormAction<"current" | "password"> = async (_before, form) => {
  const { user, setSession } = await visitOfAction();
  const { current, password } = readFields(form, "current", "password");
  const errors = {
    current: await passwordError(user, current),
    password: checkNewPassword(password),
  };
  if (hasErrors(errors)) return { errors };
  const session = await unlessBusy(accounts.changePassword(user, password));
  if (session === "busy") return { errors: { password: BUSY } };
  setSession(session);
  return redirect("/account", "password-changed");
};

export const deleteAccount: FormAction<"confirm"> = async (_before, form) => {
  const { user, setSession } = await visitOfAction();
  const { confirm } = readFields(form, "confirm");
  const error = await passwordError(user, confirm);
  if (error) return { errors: { confirm: error } };
  await accounts.deleteAccount(user);
  setSession(null);
  return redirect("/", "account-deleted");
};

async function passwordError(user: User, password: string): Promise<string | undefined> {
  if (password === "") return "Type your current password.";
  const isRight = await unlessBusy(accounts.isPasswordOf(user, password));
  if (isRight === "busy") return BUSY;
  return isRight ? undefined : "This password is wrong.";
}
