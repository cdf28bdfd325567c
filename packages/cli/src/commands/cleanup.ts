import { EXIT } from "../errors.js";
import { progressBar } from "../progress.js";
import { count } from "../text.js";
import type { Command } from "./command.js";

/** `cleanup`: deletes sessions and single-use keys that have expired. */
export const cleanup: Command<{ readonly batchSize?: number }> = async (
  { app, output, signal },
  { batchSize },
) => {
  const bar = progressBar(output, "Deleting what has expired");
  try {
    const deleted = await app.deleteExpired({
      signal,
      ...(batchSize !== undefined && { batchSize }),
      onProgress: ({ sessions, keys, left }) => bar.set(sessions + keys, left),
    });
    bar.end();
    output.result(deleted);
    output.say(
      `Deleted ${count(deleted.sessions, "session")} and ${count(deleted.keys, "single-use key")} that had expired.`,
    );
    return EXIT.ok;
  } finally {
    bar.end();
  }
};
