/** What a form says where too many passwords are waiting to be hashed or checked. Nothing was done then. */
export const BUSY = "Many people are signing in. Try again in a minute.";

/** What `work` results in, or "busy" where it had to be left. */
export async function unlessBusy<Result>(work: Promise<Result>): Promise<Result | "busy"> {
  try {
    return await work;
  } catch (error) {
    // Judged by its name: Next.js puts a copy of the package, and of the class, into each of its bundles.
    if (error instanceof Error && error.name === "TooManyPasswordsError") return "busy";
    throw error;
  }
}
