import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

const CHECK_MS = 5_000;
/** Who takes less than this of an answer in so many checks is cut off: an answer is held for them meanwhile. */
const FEWEST_BYTES = 8_000;
const MOST_CHECKS = 3;
/** Who sends nothing of a body for so many checks is cut off. */
const MOST_SILENT_CHECKS = 6;

type Connection = {
  request: IncomingMessage | undefined;
  delivered: number;
  readerChecks: number;
  received: number;
  senderChecks: number;
};

/** Cuts off the connections that do not read what they asked for, or do not send what they announced. */
export class SlowConnections {
  readonly #connections = new Map<Socket, Connection>();
  readonly #timer: NodeJS.Timeout;

  constructor(checkMs = CHECK_MS) {
    this.#timer = setInterval(() => this.#check(), checkMs);
    this.#timer.unref();
  }

  watch(socket: Socket): void {
    this.#connections.set(socket, {
      ...{ request: undefined, delivered: 0, readerChecks: 0, received: 0, senderChecks: 0 },
    });
    socket.once("close", () => this.#connections.delete(socket));
  }

  /** A request whose body is still to come. */
  expectBody(request: IncomingMessage): void {
    const connection = this.#connections.get(request.socket);
    if (connection) connection.request = request;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #check(): void {
    for (const [socket, connection] of this.#connections)
      if (isSlowReader(socket, connection) || isSlowSender(socket, connection)) socket.destroy();
  }
}

function isSlowReader(socket: Socket, connection: Connection): boolean {
  const waiting = socket.writableLength;
  const delivered = socket.bytesWritten - waiting;
  const isFast = waiting === 0 || delivered - connection.delivered >= FEWEST_BYTES;
  connection.readerChecks = isFast ? 0 : connection.readerChecks + 1;
  if (isFast) connection.delivered = delivered;
  return connection.readerChecks >= MOST_CHECKS;
}

function isSlowSender(socket: Socket, connection: Connection): boolean {
  const isMoving = connection.request?.complete !== false || socket.bytesRead > connection.received;
  connection.senderChecks = isMoving ? 0 : connection.senderChecks + 1;
  connection.received = socket.bytesRead;
  return connection.senderChecks >= MOST_SILENT_CHECKS;
}
