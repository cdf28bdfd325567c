import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Errors } from "./forms.js";

/** What the API answers in place of what was asked for: a `code` for programs, a `message` for people. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: ContentfulStatusCode;
  readonly code: string;
  /** What is wrong with each field. */
  readonly fields: Errors<string>;

  constructor(
    status: ContentfulStatusCode,
    code: string,
    message: string,
    fields: Errors<string> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.fields = fields;
  }
}

/** For fields that are filled in wrongly, or whose value somebody else has. */
export function refuseFields(
  fields: Errors<string>,
  status: ContentfulStatusCode = 422,
  code = "invalid",
): Refusal {
  const message = Object.values(fields).filter(Boolean).join(" ");
  return new Refusal(status, code, message, fields);
}

export function nameTaken(username: string): Refusal {
  const error = `The name ${username} is taken. Choose another one.`;
  return refuseFields({ username: error }, 409, "name-taken");
}
