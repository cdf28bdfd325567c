import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const here = dirname(fileURLToPath(import.meta.url));

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  // What an app exports has to be nameable by what it has installed itself.
  declaration: true,
  noEmit: true,
};

/** Errors of a program: those of each of its files by name, and those of declarations around it. */
export interface Errors {
  readonly in: (file: string) => string[];
  readonly inDeclarations: string[];
}

/**
 * Compiles files of an app, strictly, against the built declarations, and checks those of libraries
 * too. The files are not written anywhere.
 */
export function compile(files: Readonly<Record<string, string>>): Errors {
  const sources = new Map(
    Object.entries(files).map(([name, source]) => [join(here, name), source]),
  );
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  host.readFile = (path) => sources.get(path) ?? readFile(path);
  host.getSourceFile = (path, version) => {
    const source = sources.get(path);
    return source === undefined
      ? getSourceFile(path, version)
      : ts.createSourceFile(path, source, version);
  };

  const program = ts.createProgram([...sources.keys()], options, host);
  const errors = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => ({
    path: file?.fileName ?? "",
    message: ts.flattenDiagnosticMessageText(messageText, "\n"),
  }));
  const messages = (test: (path: string) => boolean) =>
    errors.filter(({ path }) => test(path)).map(({ message }) => message);
  return {
    in: (file) => messages((path) => path === join(here, file)),
    // lucia-auth 1.8 has errors in declarations of its own.
    inDeclarations: messages((path) => path.endsWith(".d.ts") && !path.includes("/node_modules/")),
  };
}
