import { confirm, isCancel } from "@clack/prompts";
import { Interruption } from "./exit-codes.js";
import type { Output } from "./output.js";

/**
 * Whether somebody at the terminal agrees.
 *
 * @throws Interruption for Ctrl+C and Escape
 */
export async function ask({ streams }: Output, message: string): Promise<boolean> {
  const answer = await confirm({
    message,
    initialValue: false,
    input: streams.in,
    output: streams.err,
  });
  if (isCancel(answer)) throw new Interruption();
  return answer;
}
