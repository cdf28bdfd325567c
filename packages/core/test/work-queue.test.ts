import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { generateHash } from "../src/password/scrypt.js";
import { TooManyPasswordsError, workQueue } from "../src/password/work-queue.js";

/** Work that ends when it is told to, and what has begun of it. */
function pieces() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const piece = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
  };
  return { begun, piece, end: (name: string) => ends.get(name)?.() };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("a few pieces are done at once, the others in the order in which they have come", async () => {
  const { begun, piece, end } = pieces();
  const queued = workQueue({ atOnce: 2, waiting: 10 });
  const all = Promise.all(["a", "b", "c", "d"].map((name) => queued(piece(name))));
  await turn();
  expect(begun).toEqual(["a", "b"]);
  end("b");
  await turn();
  expect(begun).toEqual(["a", "b", "c"]);
  for (const name of ["a", "c"]) end(name);
  await turn();
  end("d");
  expect(await all).toEqual(["a", "b", "c", "d"]);
});

test("what is too much is refused at once, and taken again later", async () => {
  const { begun, piece, end } = pieces();
  const queued = workQueue({ atOnce: 1, waiting: 2 });
  const taken = [queued(piece("a"))];
  await turn();
  taken.push(queued(piece("b")), queued(piece("c")));
  await turn();
  const error = await queued(piece("d")).catch((refusal: unknown) => refusal);
  expect(error).toBeInstanceOf(TooManyPasswordsError);
  expect(String(error)).toMatch(/^TooManyPasswordsError: 2 passwords are waiting.*Limit how often/);
  for (const name of ["a", "b", "c"]) {
    end(name);
    await turn();
  }
  await Promise.all(taken);
  const later = queued(piece("e"));
  await turn();
  end("e");
  expect(await later).toBe("e");
  expect(begun).toEqual(["a", "b", "c", "e"]);
});

test("a piece that fails does not hold up the others", async () => {
  const queued = workQueue({ atOnce: 1, waiting: 2 });
  const failed = queued(() => Promise.reject(new Error("No")));
  const next = queued(async () => "next");
  await expect(failed).rejects.toThrow("No");
  expect(await next).toBe("next");
});

test("files are read while many passwords are hashed", async () => {
  let hashed = 0;
  const all = Array.from({ length: 12 }, async () => {
    await generateHash("password");
    hashed += 1;
  });
  await readFile(fileURLToPath(import.meta.url));
  expect(hashed).toBeLessThan(6);
  await Promise.all(all);
});
