import { Frame } from "../components/frame";
import { Message } from "../components/message";

export default function NotFoundPage() {
  return (
    <Frame>
      <Message title="There is no such page">
        The address may be mistyped, or what was here is gone.
      </Message>
    </Frame>
  );
}
