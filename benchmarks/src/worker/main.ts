import { createBirpc } from "birpc";
import { functions } from "./functions.js";

/** The process of one contestant on one dialect, so that none slows another one down. */
createBirpc<object, typeof functions>(functions, {
  post: (message) => process.send?.(message),
  on: (listener) => process.on("message", listener),
  // Errors would arrive without their names otherwise.
  onFunctionError: (error, name) => {
    error.message = `${name}: ${error.message}`;
  },
});
// Whoever has started it is gone.
process.once("disconnect", () => process.exit(0));
process.send?.("ready");
