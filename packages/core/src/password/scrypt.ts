import { scrypt, timingSafeEqual } from "node:crypto";
import { availableParallelism } from "node:os";
import { promisify } from "node:util";
import { generateRandomString, LuciaError } from "lucia-auth";
import { workQueue } from "./work-queue.js";

const derive = promisify<string, string, number, object, Buffer>(scrypt);

/** How many threads libuv has for all of Node.js: files, names of hosts, and this. */
const THREADS = Number(process.env["UV_THREADPOOL_SIZE"]) || 4;

/**
 * No more than there are processors, and a thread is left for others. A thousand wait for less than a minute on two
 * processors: whoever comes then would not wait for the answer.
 */
const queued = workQueue({
  atOnce: Math.max(1, Math.min(availableParallelism(), THREADS - 1)),
  waiting: 1000,
});

/**
 * Derives a key with Lucia's parameters: N = 16384, p = 1, 64 bytes. It takes 128 * N * blockSize
 * bytes (32 MiB for 16) on libuv's thread pool, where Lucia's own scrypt holds up the event loop.
 */
function deriveKey(password: string, salt: string, blockSize: number): Promise<Buffer> {
  const N = 16_384;
  // Node refuses to take more than 32 MiB unless it is told how much will be needed.
  const options = { N, r: blockSize, p: 1, maxmem: 256 * N * blockSize };
  return queued(() => derive(password, salt, 64, options));
}

/**
 * Hashes a password as Lucia 1.x does, `s2:<salt>:<key in hex>` over the NFKC form of the password,
 * so that a database can be shared with, and moved to and from, plain Lucia.
 *
 * @throws TooManyPasswordsError where a thousand are waiting already
 */
export async function generateHash(password: string): Promise<string> {
  const salt = generateRandomString(16);
  const key = await deriveKey(password.normalize("NFKC"), salt, 16);
  return `s2:${salt}:${key.toString("hex")}`;
}

/**
 * Checks a password against a stored hash of either form that Lucia has written: `s2:<salt>:<key>`,
 * made of the NFKC form of the password (which Lucia's own check forgets), and `<salt>:<key>` of
 * lucia-auth 0.1 and 0.2, made of the password as it was typed.
 *
 * Anything else is not a hash of Lucia's and matches no password. It costs a hash all the same: how long it
 * takes would tell that there is such a key.
 *
 * @throws LuciaError `AUTH_OUTDATED_PASSWORD` for a bcrypt hash, as Lucia does
 * @throws TooManyPasswordsError where a thousand are waiting already
 */
export async function validateHash(password: string, hash: string): Promise<boolean> {
  const parts = hash.split(":");
  if (parts.length === 3 && parts[0] === "s2") {
    const [, salt = "", key = ""] = parts;
    return isKey(key, await deriveKey(password.normalize("NFKC"), salt, 16));
  }
  if (parts.length === 2) {
    const [salt = "", key = ""] = parts;
    return isKey(key, await deriveKey(password, salt, 8));
  }
  await deriveKey(password.normalize("NFKC"), "", 16);
  if (hash.startsWith("$2a")) throw new LuciaError("AUTH_OUTDATED_PASSWORD");
  return false;
}

function isKey(hex: string, derived: Buffer): boolean {
  const stored = Buffer.from(hex, "hex");
  return stored.length === derived.length && timingSafeEqual(stored, derived);
}
