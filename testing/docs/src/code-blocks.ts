/** A fenced block of code in a Markdown document. */
export interface CodeBlock {
  /** The line of its fence, from 1 on. */
  readonly line: number;
  readonly language: string;
  /** The file that it is, as in "```ts [auth.ts]". */
  readonly file: string | undefined;
  readonly code: string;
  /** Of a change, what was there before it. */
  readonly before?: string;
}

const FENCED = /^```(\w+)(?: \[(.+)\])?\n([\s\S]*?)^```$/gm;

/** The blocks that are TypeScript, or a change of TypeScript, as it is after that change. */
export function typescriptIn(markdown: string): CodeBlock[] {
  return [...markdown.matchAll(FENCED)]
    .map(({ index, 1: language = "", 2: file, 3: code = "" }) => ({
      line: markdown.slice(0, index).split("\n").length,
      language,
      file,
      ...(language === "diff"
        ? { code: without("-", code), before: without("+", code) }
        : { code }),
    }))
    .filter(({ language }) => language === "ts" || language === "diff");
}

function without(side: "+" | "-", diff: string): string {
  return diff
    .split("\n")
    .filter((line) => !line.startsWith(side))
    .map((line) => line.slice(1))
    .join("\n");
}
