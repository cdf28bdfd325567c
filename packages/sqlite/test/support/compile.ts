import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const here = dirname(fileURLToPath(import.meta.url));

/** Libraries, parsed once for all programs. */
const libraries = new Map<string, ts.SourceFile | undefined>();

export interface Diagnostic {
  readonly file: string;
  readonly message: string;
}

/**
 * Compiles one strict file of an app against the built declarations, those of libraries included,
 * and returns what `tsc` would print.
 */
export function compile(source: string, ambient = ""): Diagnostic[] {
  const files = new Map([
    [join(here, "virtual-app.ts"), source],
    [join(here, "virtual-ambient.d.ts"), ambient],
  ]);
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, version) => {
    const text = files.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, version);
    if (!libraries.has(path)) libraries.set(path, getSourceFile(path, version));
    return libraries.get(path);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => ({
    file: diagnostic.file?.fileName ?? "",
    message: ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"),
  }));
}
