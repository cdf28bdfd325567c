import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { readFields } from "../../forms.js";
import { Refusal } from "../../refusal.js";

export const limitBodies = bodyLimit({
  maxSize: 64 * 1024,
  onError: () => {
    throw new Refusal(413, "too-large", "That was too much at once, and nothing was saved.");
  },
});

/**
 * Reads text fields of the JSON that was sent. One that is missing, or is no text, counts as empty.
 *
 * @throws Refusal for what is no JSON
 */
export async function fieldsOf<Field extends string>(
  { req }: Context,
  ...fields: readonly Field[]
): Promise<Record<Field, string>> {
  // A form of another site's page cannot say so.
  if (!/^application\/json\s*(;|$)/i.test(req.header("Content-Type") ?? "")) {
    throw new Refusal(
      415,
      "no-json",
      "Send the fields as JSON, with the header Content-Type: application/json.",
    );
  }
  try {
    return readFields(await req.json(), ...fields);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Refusal(400, "unreadable", "What was sent is no JSON. Nothing was changed.");
  }
}
