"use server";

import * as accounts from "../../accounts";
import { BUSY, unlessBusy } from "../../busy";
import type { FormAction } from "../../components/form";
import { redirect } from "../../flash";
import { checkName, checkNewPassword, hasErrors, readFields } from "../../forms";
import { actionRequest } from "../../visit";

export const signUp: FormAction<"username" | "password"> = async (_before, form) => {
  const { password, ...fields } = readFields(form, "username", "password");
  const typed = fields.username.trim();
  const errors = { username: checkName(typed), password: checkNewPassword(password) };
  if (hasErrors(errors)) return { typed, errors };
  const session = await unlessBusy(accounts.signUp(typed, password));
  if (session === "busy") return { typed, errors: { password: BUSY } };
  if (!session) {
    return { typed, errors: { username: `The name ${typed} is taken. Choose another one.` } };
  }
  (await actionRequest()).setSession(session);
  return redirect("/notes", "signed-up");
};
