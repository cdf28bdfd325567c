"use server";

import * as accounts from "../../accounts";
import { BUSY, unlessBusy } from "../../busy";
import type { FormAction } from "../../components/form";
import { redirect } from "../../flash";
import { hasErrors, readFields } from "../../forms";
import { actionRequest } from "../../visit";

export const signIn: FormAction<"username" | "password"> = async (_before, form) => {
  const { password, ...fields } = readFields(form, "username", "password");
  const typed = fields.username.trim();
  const errors = {
    username: typed === "" ? "Type your name." : undefined,
    password: password === "" ? "Type your password." : undefined,
  };
  if (hasErrors(errors)) return { typed, errors };
  const session = await unlessBusy(accounts.signIn(typed, password));
  if (session === "busy") return { typed, errors: { password: BUSY } };
  if (!session) {
    return { typed, errors: { password: "This name and this password do not belong together." } };
  }
  (await actionRequest()).setSession(session);
  return redirect("/notes");
};
