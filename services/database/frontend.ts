/**
 * What a PostgreSQL client sends, cut into pieces that must reach the session without another client's in
 * between (PostgreSQL documentation, chapter "Frontend/Backend Protocol", version 3.0).
 */
export type FrontendPiece =
  | { kind: "encryption" }
  | { kind: "cancel" }
  | { kind: "startup" }
  | { kind: "password"; password: string }
  | { kind: "terminate" }
  /** Whole messages; `complete` when the session may go to another client after them. */
  | { kind: "messages"; bytes: Uint8Array; complete: boolean };

/** Bytes that are no PostgreSQL protocol. */
export class FrontendProtocolError extends Error {
  override readonly name = "FrontendProtocolError";
}

const protocolVersion3 = 0x0003_0000;
const cancelRequest = 80877102;
const sslRequest = 80877103;
const gssRequest = 80877104;
const maximumMessage = 256 * 1024 * 1024;

export class FrontendParser {
  #received: Buffer = Buffer.alloc(0);
  #chunks: Buffer[] = [];
  #expected = 0;
  #started = false;
  #unit: Buffer[] = [];
  #longest: number;

  /** @param longest bytes of a message, until `allowWork` */
  constructor(longest = maximumMessage) {
    this.#longest = longest;
  }

  /** From now on messages may be as long as queries are. */
  allowWork(): void {
    this.#longest = maximumMessage;
  }

  /** Takes bytes as they come and returns the pieces they complete. */
  push(chunk: Buffer): FrontendPiece[] {
    this.#chunks.push(chunk);
    const waiting = this.#chunks.reduce((sum, { length }) => sum + length, this.#received.length);
    // A large message comes in many chunks: joining them once keeps this linear.
    if (waiting < this.#expected) return [];
    this.#received = Buffer.concat([this.#received, ...this.#chunks]);
    this.#chunks = [];
    const pieces: FrontendPiece[] = [];
    for (let message = this.#take(); message; message = this.#take()) {
      const piece = this.#started ? this.#message(message) : this.#startup(message);
      if (piece) pieces.push(piece);
    }
    return pieces;
  }

  #take(): Buffer | undefined {
    const header = this.#started ? 5 : 4;
    this.#expected = header;
    if (this.#received.length < header) return undefined;
    const length = this.#received.readInt32BE(header - 4) + header - 4;
    if (length < header || length > this.#longest) throw new FrontendProtocolError("impossible length");
    this.#expected = length;
    if (this.#received.length < length) return undefined;
    const message = this.#received.subarray(0, length);
    this.#received = this.#received.subarray(length);
    return message;
  }

  #startup(message: Buffer): FrontendPiece {
    if (message.length < 8) throw new FrontendProtocolError("impossible length");
    const code = message.readInt32BE(4);
    if (code === sslRequest || code === gssRequest) return { kind: "encryption" };
    if (code === cancelRequest) return { kind: "cancel" };
    if (code !== protocolVersion3) throw new FrontendProtocolError("unknown protocol version");
    this.#started = true;
    return { kind: "startup" };
  }

  #message(message: Buffer): FrontendPiece | undefined {
    const type = String.fromCharCode(message[0] ?? 0);
    if (type === "X") return { kind: "terminate" };
    if (type === "p") return { kind: "password", password: message.toString("utf8", 5, message.length - 1) };
    this.#unit.push(message);
    // Query, FunctionCall and Sync end a piece of work; Flush asks for answers while it goes on.
    const complete = type === "Q" || type === "F" || type === "S";
    if (!complete && type !== "H") return undefined;
    const bytes = new Uint8Array(Buffer.concat(this.#unit));
    this.#unit = [];
    return { kind: "messages", bytes, complete };
  }
}
