import { Socket } from "node:net";

/** Bytes of the message by which PostgreSQL says that it is ready, and whether in a transaction. */
const READY = 6;

const endsInReady = (bytes: Buffer) => bytes.at(-READY) === "Z".charCodeAt(0);

/** A connection to PostgreSQL on which that message comes later than what was sent together with it. */
export class LateState extends Socket {
  override emit(event: string, ...values: unknown[]): boolean {
    const [bytes] = values;
    if (event !== "data" || !Buffer.isBuffer(bytes) || !endsInReady(bytes)) {
      return super.emit(event, ...values);
    }
    setImmediate(() => super.emit("data", bytes.subarray(-READY)));
    return bytes.length === READY || super.emit("data", bytes.subarray(0, -READY));
  }
}

/** A connection to PostgreSQL on which the first of those messages comes together with what the server says next. */
export class ReadyWithTheNext extends Socket {
  #held: Buffer | undefined;
  #isReady = false;

  override emit(event: string, ...values: unknown[]): boolean {
    const [bytes] = values;
    if (event !== "data" || !Buffer.isBuffer(bytes) || this.#isReady) {
      return super.emit(event, ...values);
    }
    if (this.#held) {
      this.#isReady = true;
      return super.emit("data", Buffer.concat([this.#held, bytes]));
    }
    if (!endsInReady(bytes)) return super.emit(event, ...values);
    this.#held = bytes;
    return true;
  }
}
