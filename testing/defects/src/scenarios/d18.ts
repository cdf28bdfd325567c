import type { Scenario } from "./scenario.js";

/** An app that stops before its first query, such as one whose configuration was only checked. */
export const d18: Scenario<{ openBefore: boolean; openAfter: boolean }> = {
  id: "D18",

  run: async (wiring) => {
    const openBefore = wiring.isOpen();
    await wiring.close();
    return { openBefore, openAfter: wiring.isOpen() };
  },

  holds: ({ openBefore, openAfter }) => openBefore && !openAfter,

  inWords: ({ openAfter }) => (openAfter ? "still open" : "closed"),
};
