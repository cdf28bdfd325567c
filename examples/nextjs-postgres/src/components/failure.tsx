import { Message } from "./message";
import { Shell } from "./shell";

/** Details are for the log of the server; the page only says what its reader can do. */
export function Failure() {
  return (
    <Shell>
      <Message title="Something went wrong here">
        It is our fault, not yours. Nobody was signed out by it. Try again in a moment.
      </Message>
    </Shell>
  );
}
