import type { Running } from "../contestants/contestant.js";
import { slopeOf } from "./statistics.js";

type DeleteExpired = NonNullable<Running["deleteExpired"]>;

/** Deletes for as long as something else goes on, and returns what that returns. */
export async function besideDeleting<T>(
  deleteExpired: DeleteExpired,
  work: () => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const deleting = deleteExpired({ signal }).then(
    () => {
      throw new Error("There was not enough to delete for a whole round.");
    },
    (error: unknown) => {
      if (error !== signal.reason) throw error;
    },
  );
  // Whichever fails first is what is told.
  const [result] = await Promise.all([work().finally(() => controller.abort()), deleting]);
  return result;
}

/** Rows between two looks at the heap. */
const SAMPLE_ROWS = 50_000;

/** Deletes all. Returns by how many bytes the heap has grown with each row; garbage is not counted. */
export async function heapWhileDeleting(deleteExpired: DeleteExpired): Promise<number> {
  const { gc } = globalThis;
  if (!gc) throw new Error("The heap can only be measured with --expose-gc.");
  const heap: { x: number; y: number }[] = [];
  const look = (sessions: number) => {
    gc();
    heap.push({ x: sessions, y: process.memoryUsage().heapUsed });
  };
  const { sessions } = await deleteExpired({
    onProgress: ({ sessions }) => {
      if (sessions >= heap.length * SAMPLE_ROWS) look(sessions);
    },
  });
  look(sessions);
  return slopeOf(heap);
}
