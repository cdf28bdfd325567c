"use client";

import "@kysely-lucia/example-design/index.css";
import { Failure } from "../components/failure";

/** In place of the layout, where that has failed, too. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <Failure />
      </body>
    </html>
  );
}
