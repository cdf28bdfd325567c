import type { SubmitFunction } from "@sveltejs/kit";
import { tick } from "svelte";

/**
 * For `use:enhance`: behaves as the browser does without JavaScript. Passwords are not kept, a form that
 * was refused leads to its first error, one that was accepted is empty again.
 */
export const likeThePlainForm: SubmitFunction =
  () =>
  async ({ formElement, result, update }) => {
    if (result.type !== "failure") formElement.reset();
    for (const input of formElement.querySelectorAll<HTMLInputElement>("input[type=password]")) {
      input.value = "";
    }
    await update({ reset: false });
    if (result.type !== "failure") return;
    await tick();
    formElement.querySelector<HTMLElement>("[aria-invalid]")?.focus();
  };
