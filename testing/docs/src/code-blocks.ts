/** A fenced block of code in a Markdown document. */
export interface CodeBlock {
  /** The line of its fence, from 1 on. */
  readonly line: number;
  readonly language: string;
  /** The file that it is, as in "```ts [auth.ts]". */
  readonly file: string | undefined;
  readonly code: string;
}

const FENCED = /^```(\w+)(?: \[(.+)\])?\n([\s\S]*?)^```$/gm;

/** The blocks that are TypeScript, or a change of TypeScript, as it is after that change. */
export function typescriptIn(markdown: string): CodeBlock[] {
  return [...markdown.matchAll(FENCED)]
    .map(({ index, 1: language = "", 2: file, 3: code = "" }) => ({
      line: markdown.slice(0, index).split("\n").length,
      language,
      file,
      code: language === "diff" ? afterTheChange(code) : code,
    }))
    .filter(({ language }) => language === "ts" || language === "diff");
}

function afterTheChange(diff: string): string {
  return diff
    .split("\n")
    .filter((line) => !line.startsWith("-"))
    .map((line) => line.slice(1))
    .join("\n");
}
