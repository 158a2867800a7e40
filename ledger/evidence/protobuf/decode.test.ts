import { common, peer } from "@hyperledger/fabric-protos";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesField, integerField, messageOf, repeatedBytesField, stringField } from "../../embedded/wire";
import { encodeReadWriteSets } from "../encode-read-write-set";
import { makeEnvelope } from "../envelope-fixture";
import { parseTransaction } from "../transaction";
import type { Transaction } from "../types";
import {
  bytes,
  choice,
  decode,
  decodeSound,
  int32,
  int64,
  type Message,
  many,
  message,
  newBudget,
  one,
  string,
  UndecodableError,
} from "./decode";
import * as messages from "./messages";

const hex = (text: string) => Buffer.from(text.replaceAll(" ", ""), "hex");

const inner = message("inner", { name: string(1), count: int32(2) });
const outer = message("outer", {
  text: string(1),
  data: bytes(2),
  number: int64(3),
  one: one(4, () => inner),
  list: many(5, () => inner),
  left: choice(string(6)),
  right: choice(string(7)),
});

describe("what Go's protobuf refuses", () => {
  it.each([
    ["a length beyond the end", "0a ff ff ff ff 0f"],
    ["a gigabyte announced", "0a 80 80 80 80 04"],
    ["a length beyond the end of the message around it", "22 03 0a 05 61 62 63 64 65"],
    ["a length of 2^63", "0a ff ff ff ff ff ff ff ff ff 01"],
    ["a number of eleven bytes", "18 ff ff ff ff ff ff ff ff ff ff 01"],
    ["a number above 64 bits", "18 ff ff ff ff ff ff ff ff ff 02"],
    ["a number without an end", "18 ff"],
    ["field number 0", "00 00"],
    ["a field number above 2^29", "80 80 80 80 10 00"],
    ["wire type 6", "16"],
    ["wire type 7", "17"],
    ["a group's end without its beginning", "0c"],
    ["a group without an end", "5b 08 01"],
    ["a group with another's end", "5b 64"],
    ["four bytes cut short", "5d 00 00 00"],
    ["eight bytes cut short", "59 00 00 00 00 00 00 00"],
    ["text that is not UTF-8", "0a 02 c3 28"],
    ["a surrogate in text", "0a 03 ed a0 80"],
  ])("%s", (_, text) => {
    expect(() => decode(outer, hex(text))).toThrow(UndecodableError);
  });
});

describe("what Go's protobuf takes", () => {
  it("passes over fields it does not know, groups within groups among them", () => {
    const unknown = "58 01 59 0000000000000000 5a 02 6162 5b 63 08 05 64 5c 5d 00000000";
    expect(decode(outer, hex(`${unknown} 0a 01 61`))).toMatchObject({ text: "a" });
  });

  it("passes over a known field of another type", () => {
    expect(decode(outer, hex("08 05 12 01 62 1a 01 00"))).toMatchObject({ text: "", number: 0 });
    expect(Buffer.from(decode(outer, hex("10 05 12 01 62")).data).toString()).toBe("b");
  });

  it("merges a message that comes twice and takes the last of a plain value", () => {
    const bytes = messageOf(
      bytesField(4, messageOf(stringField(1, "first"), integerField(2, 7))),
      stringField(1, "a"),
      bytesField(4, messageOf(stringField(1, "second"))),
      stringField(1, "b"),
    );
    expect(decode(outer, bytes)).toMatchObject({ text: "b", one: { name: "second", count: 7 } });
  });

  it("keeps the last of a choice and knows when none was made", () => {
    expect(decode(outer, messageOf(stringField(6, "l"), stringField(7, "r")))).toMatchObject({
      left: undefined,
      right: "r",
    });
    expect(decode(outer, new Uint8Array()).left).toBeUndefined();
    expect(decode(outer, hex("32 00")).left).toBe("");
  });

  it("reads negative numbers, and a 32-bit one from more bits than it has", () => {
    expect(decode(outer, hex("18 ff ff ff ff ff ff ff ff ff 01")).number).toBe(-1);
    expect(decode(inner, hex("10 ff ff ff ff ff ff ff ff ff 01")).count).toBe(-1);
    expect(decode(inner, hex("10 85 80 80 80 f0 ff ff ff 0f")).count).toBe(5);
  });
});

describe("work is bounded by the bytes", () => {
  it("counts every field, and stops where the budget ends", () => {
    const many = messageOf(
      repeatedBytesField(
        5,
        Array.from({ length: 1_000 }, () => new Uint8Array()),
      ),
    );
    const enough = newBudget(1_000);
    expect(decode(outer, many, enough).list).toHaveLength(1_000);
    expect(enough.fields).toBe(0);
    expect(() => decode(outer, many, newBudget(999))).toThrow(/more fields/);
  });

  it("a request of ten megabytes of empty messages is refused after a quarter of a million", () => {
    const budget = newBudget();
    const before = budget.fields;
    expect(() => decode(messages.kvRwSet, Buffer.alloc(10_000_000, hex("0a00")), budget)).toThrow(
      /more fields/,
    );
    expect(before).toBeLessThanOrEqual(250_000);
  });

  it("fields cost two bytes at least, whatever the bytes are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const tables: readonly Message<unknown>[] = [
          outer,
          messages.envelope,
          messages.kvRwSet,
          messages.signaturePolicyEnvelope,
        ];
        for (const table of tables) {
          const budget = newBudget();
          const before = budget.fields;
          try {
            decode(table, bytes, budget);
          } catch (error) {
            expect(error).toBeInstanceOf(UndecodableError);
          }
          // One more is counted where it is found not to be there.
          expect(before - budget.fields).toBeLessThanOrEqual(bytes.length + 1);
        }
      }),
      { seed: 8, numRuns: 3_000 },
    );
  });

  it("messages and groups nest a hundred deep and no deeper", () => {
    const policy = (depth: number): Uint8Array =>
      depth === 0
        ? messageOf(integerField(1, 1))
        : messageOf(bytesField(2, messageOf(bytesField(2, policy(depth - 1)))));
    const envelope = (depth: number) => messageOf(bytesField(2, policy(depth)));
    expect(decode(messages.signaturePolicyEnvelope, envelope(40)).rule).toBeDefined();
    expect(() => decode(messages.signaturePolicyEnvelope, envelope(400))).toThrow(/deep/);
    expect(() => decode(outer, Buffer.alloc(1_000_000, 0x5b))).toThrow(/deep/);
  });
});

describe("what google-protobuf may read", () => {
  it("is refused where a field has another type than the table's", () => {
    const { transactionId } = decode(messages.evaluateRequest, hex("08 ff ff ff ff 0f"));
    expect(transactionId).toBe("");
    expect(() => decodeSound(messages.evaluateRequest, hex("08 ff ff ff ff 0f"))).toThrow(UndecodableError);
    expect(() => decodeSound(messages.evaluateRequest, hex("0a 01 61"))).not.toThrow();
  });
});

/** Real messages, as they go over the wire. */
const real = makeEnvelope({
  results: encodeReadWriteSets([
    {
      namespace: "cocity",
      reads: [{ namespace: "cocity", key: "città", version: { block: 3, transaction: 1 } }],
      rangeQueries: [],
      writes: [{ namespace: "cocity", key: "🌳", value: Buffer.from("value"), isDelete: false }],
      metadataWrites: [],
      collections: [],
    },
  ]),
  event: { name: "happened", payload: Buffer.from("payload") },
});

/** Where in a message, and in the messages within, a length stands. */
function lengthsIn(bytes: Uint8Array, from = 0, to = bytes.length): number[] {
  const found: number[] = [];
  let at = from;
  while (at < to) {
    const tag = bytes[at] ?? 0;
    if ((tag & 7) !== 2) return found;
    let length = 0;
    let shift = 0;
    let next = at + 1;
    do {
      length += ((bytes[next] ?? 0) & 0x7f) * 2 ** shift;
      shift += 7;
    } while (((bytes[next++] ?? 0) & 0x80) !== 0 && shift < 35);
    if (next + length > to) return found;
    found.push(at + 1, ...lengthsIn(bytes, next, next + length));
    at = next + length;
  }
  return found;
}

function expectReadOrSaid({ unreadable, action, type }: Transaction): void {
  if (unreadable) expect(Object.values(peer.TxValidationCode)).toContain(unreadable.code);
  else if (type === common.HeaderType.ENDORSER_TRANSACTION) expect(action).toBeDefined();
}

describe("a real transaction made wrong", () => {
  it("with any of its lengths a lie is read to an end, and never as what it was not", () => {
    for (const at of lengthsIn(real)) {
      for (const lie of ["ff ff ff ff 0f", "80 80 80 80 01", "80 80 80 80 80 80 80 80 80 01"]) {
        const bytes = Buffer.concat([real.subarray(0, at), hex(lie), real.subarray(at + 1)]);
        expectReadOrSaid(parseTransaction(bytes));
      }
    }
  });

  it("changed, cut and lengthened at random is either read or said to be unreadable, with a code", () => {
    const change = fc.record({
      at: fc.nat(real.length - 1),
      cut: fc.nat(3),
      put: fc.uint8Array({ maxLength: 8 }),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        let bytes: Buffer = Buffer.from(real);
        for (const { at, cut, put } of changes)
          bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]);
        expectReadOrSaid(parseTransaction(bytes));
      }),
      { seed: 8, numRuns: 3_000 },
    );
  });

  it("within itself many times over is not followed", () => {
    let bytes: Uint8Array = real;
    for (let depth = 0; depth < 500; depth++) {
      const envelope = new common.Envelope();
      envelope.setPayload(bytes);
      bytes = envelope.serializeBinary();
    }
    expect(parseTransaction(bytes).action).toBeUndefined();
  });
});
