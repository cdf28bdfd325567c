import { describeInput } from "../describe-value.js";

/** Columns of `auth_user` beyond the id, and expressions of Kysely's where the app gives them. */
export type Attributes = Record<string, unknown>;

/** Databases do not tell ID from id, and MySQL no `İ` or `ı` from an i. */
function isId(column: string): boolean {
  return (
    column
      .normalize("NFKD")
      .replace(/\p{Mark}/gu, "")
      .toUpperCase() === "ID"
  );
}

/** A form spread into the attributes must not choose or change who a user is. */
export function refuseId(attributes: unknown): void {
  if (typeof attributes !== "object" || attributes === null) {
    throw new TypeError(
      `The user attributes are ${describeInput(attributes)}. Expected an object of columns of auth_user.`,
    );
  }
  if (Object.keys(attributes).some(isId)) {
    throw new TypeError(
      "The user attributes contain `id`. Expected the columns of auth_user without it: a user's id " +
        "is made by Lucia (or by your `generateCustomUserId`) and never changes.",
    );
  }
}
