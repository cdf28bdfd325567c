"use client";

import { useEffect } from "react";

/**
 * A sentence about what was just done. After a server action Next.js asks for the next page by itself and drops
 * the cookies that are set with it, so that the cookie of the sentence is removed here, too.
 */
export function Flash({ text, isBad }: { text: string; isBad: boolean }) {
  useEffect(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: not every browser has the Cookie Store API.
    document.cookie = "flash=; Path=/; Max-Age=0";
  }, []);
  return (
    <p className={isBad ? "notice" : "flash"} role={isBad ? "alert" : "status"}>
      {text}
    </p>
  );
}
