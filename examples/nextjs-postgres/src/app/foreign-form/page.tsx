import { Frame } from "../../components/frame";
import { Message } from "../../components/message";

/** Shown by `proxy.ts` in place of an answer to a form of another site. */
export default function ForeignFormPage() {
  return (
    <Frame>
      <Message title="That form was not ours">
        It was sent from another site’s page, so nothing was done with it. If you did mean to send
        it, open the form here and send it again.
      </Message>
    </Frame>
  );
}
