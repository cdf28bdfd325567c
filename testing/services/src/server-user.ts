import { execFileSync } from "node:child_process";

/** Whom a server runs as. `undefined` stands for the user of this process. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The first of these users that the machine has. The servers refuse to run as root; for anybody
 * else, who could not change the user anyway, the answer is `undefined`.
 */
export function findServerUser(names: readonly string[]): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of names) {
    const uid = id("-u", name);
    const gid = id("-g", name);
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  throw new Error(`No server runs as root, and there is none of these users: ${names.join(", ")}.`);
}

function id(option: "-u" | "-g", name: string): number | undefined {
  try {
    return Number(execFileSync("id", [option, name], { stdio: ["ignore", "pipe", "ignore"] }));
  } catch {
    return undefined;
  }
}
