import { confirm, isCancel } from "@clack/prompts";
import { Interruption } from "./errors.js";
import type { Output } from "./output.js";

/** The question would be left without an answer, and the process without anything to wait for. */
const CTRL_D = "\u0004";

/**
 * Whether somebody at the terminal agrees.
 *
 * @throws Interruption for Ctrl+C, Escape and Ctrl+D, and where the input ends
 */
export async function ask({ streams }: Output, message: string): Promise<boolean> {
  const end = new AbortController();
  const abort = () => end.abort();
  const onKeys = (keys: unknown) => {
    if (String(keys).includes(CTRL_D)) abort();
  };
  streams.in.once("end", abort).on("data", onKeys);
  try {
    const answer = await confirm({
      message,
      initialValue: false,
      input: streams.in,
      output: streams.err,
      signal: end.signal,
    });
    if (isCancel(answer)) throw new Interruption();
    return answer;
  } finally {
    streams.in.off("end", abort).off("data", onKeys);
  }
}
