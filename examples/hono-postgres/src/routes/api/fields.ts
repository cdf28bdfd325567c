import type { Context } from "hono";
import { readFields } from "../../forms.js";
import { Refusal } from "../../refusal.js";

/**
 * Reads text fields of the JSON that was sent. One that is missing, or is no text, counts as empty.
 *
 * @throws Refusal for what is no JSON
 */
export async function fieldsOf<Field extends string>(
  { req }: Context,
  ...fields: readonly Field[]
): Promise<Record<Field, string>> {
  try {
    return readFields(await req.json(), ...fields);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Refusal(400, "unreadable", "What was sent is no JSON. Nothing was changed.");
  }
}
