import { accessSync, constants, statfsSync } from "node:fs";
import { tmpdir } from "node:os";

const MEMORY = "/dev/shm";
/** The number that Linux knows the file system tmpfs by. */
const TMPFS = 0x01021994;
/** Room for some servers at a time, of some 100 MB each. Containers often have 64 MB. */
const ROOM_BYTES = 1024 ** 3;

/**
 * The folder for the data of databases: in memory on Linux, where there is room, as each database and
 * table is several files; else the one for temporary files.
 */
export function dataFolder(): string {
  try {
    const { type, bavail, bsize } = statfsSync(MEMORY);
    accessSync(MEMORY, constants.W_OK);
    return type === TMPFS && bavail * bsize >= ROOM_BYTES ? MEMORY : tmpdir();
  } catch {
    // Not on Linux, or not for this user.
    return tmpdir();
  }
}
