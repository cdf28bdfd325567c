import { createBirpc } from "birpc";
import { functions } from "./functions.js";

/** The process of one contestant on one dialect, so that none slows another one down. */
createBirpc<object, typeof functions>(functions, {
  post: (message) => process.send?.(message),
  on: (listener) => process.on("message", listener),
  // Who it was is not in the error otherwise.
  onFunctionError: (error, name) => {
    error.message = `${process.argv[2]}, ${name}: ${error.message}`;
  },
});
// Whoever has started it is gone.
process.once("disconnect", () => process.exit(0));
process.send?.("ready");
