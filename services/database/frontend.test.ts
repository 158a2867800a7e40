import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrontendParser, type FrontendPiece, FrontendProtocolError } from "./frontend";

const startup = Buffer.concat([int32(8 + 6), int32(0x0003_0000), Buffer.from("user\0\0")]);

describe("what a PostgreSQL client sends", () => {
  it("is cut at Query, Sync and Flush, however the bytes arrive", () => {
    const types = fc.constantFrom("P", "B", "D", "E", "Q", "S", "H");
    const messages = fc.array(fc.tuple(types, fc.uint8Array({ maxLength: 40 })), { maxLength: 30 });
    fc.assert(
      fc.property(messages, fc.infiniteStream(fc.integer({ min: 1, max: 50 })), (sent, sizes) => {
        const bytes = Buffer.concat([startup, ...sent.map(([type, body]) => message(type, body))]);
        const pieces = parseInChunks(bytes, sizes);
        expect(pieces[0]).toEqual({ kind: "startup" });
        const received = pieces.slice(1).map((piece) => {
          if (piece.kind !== "messages") throw new Error(`unexpected ${piece.kind}`);
          return piece;
        });
        const ends = sent.flatMap(([type], index) => ("QSH".includes(type) ? [index] : []));
        expect(received.map(({ complete }) => complete)).toEqual(ends.map((end) => sent[end]?.[0] !== "H"));
        const upToLastEnd = sent.slice(0, (ends.at(-1) ?? -1) + 1);
        expect(Buffer.concat(received.map((piece) => piece.bytes))).toEqual(
          Buffer.concat(upToLastEnd.map(([type, body]) => message(type, body))),
        );
      }),
    );
  });

  it("may begin with a wish for encryption, and may end", () => {
    const parser = new FrontendParser();
    expect(parser.push(Buffer.concat([int32(8), int32(80877103)]))).toEqual([{ kind: "encryption" }]);
    expect(parser.push(startup)).toEqual([{ kind: "startup" }]);
    expect(parser.push(message("p", Buffer.from("secret\0")))).toEqual([
      { kind: "password", password: "secret" },
    ]);
    expect(parser.push(message("X", Buffer.alloc(0)))).toEqual([{ kind: "terminate" }]);
  });

  it("is refused when it is something else", () => {
    expect(() => new FrontendParser().push(Buffer.from("GET / HTTP/1.1\r\n\r\n"))).toThrow(
      FrontendProtocolError,
    );
    const parser = new FrontendParser();
    parser.push(startup);
    expect(() => parser.push(Buffer.from([0x51, 0, 0, 0, 1]))).toThrow(FrontendProtocolError);
  });
});

function parseInChunks(bytes: Buffer, sizes: Iterator<number>): FrontendPiece[] {
  const parser = new FrontendParser();
  const pieces: FrontendPiece[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = sizes.next().value ?? 1;
    pieces.push(...parser.push(bytes.subarray(at, at + size)));
    at += size;
  }
  return pieces;
}

function message(type: string, body: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(type), int32(4 + body.length), body]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
