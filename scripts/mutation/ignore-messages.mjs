import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

/**
 * Leaves out the texts of errors and warnings. They are for people: a test that repeats each word would only
 * have to be changed with each better word. That something is thrown, where, and of which class goes on to
 * be mutated, and so do the codes of Lucia's errors, which programs read.
 */
export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, "messages", {
    shouldIgnore(path) {
      if (!isText(path) || path.key !== 0 || path.listKey !== "arguments") return undefined;
      return saysIt(path.parent) ? "The text of an error or a warning." : undefined;
    },
  }),
];

function isText(path) {
  return (
    path.isStringLiteral() || path.isTemplateLiteral() || path.isBinaryExpression({ operator: "+" })
  );
}

/** `new TypeError(…)`, `super(…)` of an error's class, `process.emitWarning(…)`, and `fail(…)`, which some files have for their errors. */
function saysIt({ type, callee }) {
  const name = callee?.name ?? callee?.property?.name;
  if (type === "NewExpression") return /Error$/.test(name) && name !== "LuciaError";
  if (type !== "CallExpression") return false;
  return callee.type === "Super" || name === "fail" || name === "emitWarning";
}
