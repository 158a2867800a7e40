import { verify } from "node:crypto";
import { expect, test } from "vitest";
import { encodeReadWriteSets } from "./encode-read-write-set";
import { makeConfigEnvelope, makeEnvelope, testSigner } from "./envelope-fixture";
import { endorsedBytes, hasOwnId, parseTransaction } from "./transaction";
import type { ReadWriteSet } from "./types";

const bytes = (text: string) => Buffer.from(text);

const everything: ReadWriteSet = {
  namespace: "cocity",
  reads: [
    {
      namespace: "cocity",
      key: "\u0000proposal\u0000001272\u0000p1\u0000",
      version: { block: 7, transaction: 3 },
    },
    { namespace: "cocity", key: "missing" },
    { namespace: "cocity", key: "genesis", version: { block: 0, transaction: 0 } },
  ],
  rangeQueries: [
    {
      namespace: "cocity",
      start: "a",
      end: "b",
      exhausted: true,
      reads: [{ namespace: "cocity", key: "a1", version: { block: 2, transaction: 0 } }],
    },
    {
      namespace: "cocity",
      start: "c",
      end: "c9",
      exhausted: false,
      reads: [],
      merkle: { maxDegree: 50, maxLevel: 1, maxLevelHashes: [bytes("h1"), bytes("h2")] },
    },
  ],
  writes: [
    { namespace: "cocity", key: "città", value: bytes("1"), isDelete: false },
    { namespace: "cocity", key: "🌳", value: bytes(""), isDelete: true },
  ],
  metadataWrites: [{ namespace: "cocity", key: "città", entries: [{ name: "n", value: bytes("v") }] }],
  collections: [
    {
      collection: "bank",
      reads: [
        {
          namespace: "cocity",
          collection: "bank",
          keyHash: bytes("k"),
          version: { block: 1, transaction: 1 },
        },
      ],
      writes: [
        {
          namespace: "cocity",
          collection: "bank",
          keyHash: bytes("k"),
          valueHash: bytes("v"),
          isDelete: false,
          isPurge: false,
        },
        {
          namespace: "cocity",
          collection: "bank",
          keyHash: bytes("gone"),
          valueHash: bytes(""),
          isDelete: true,
          isPurge: true,
        },
      ],
      metadataWrites: [{ namespace: "cocity", collection: "bank", keyHash: bytes("k"), entries: [] }],
      privateHash: bytes("private hash"),
    },
  ],
};

test("a transaction is read with all its parts, and its signatures cover what is said", () => {
  const creator = testSigner("CaseMSP", "a resident");
  const endorsers = [testSigner("ComuneMSP"), testSigner("GarantiMSP")];
  const envelope = makeEnvelope({
    results: encodeReadWriteSets([everything]),
    creator,
    endorsers,
    args: ["propose", "001272", "{}"],
    event: { name: "ProposalPublished", payload: bytes("payload") },
    seconds: 1_760_000_000,
    nanos: 987_654_321,
  });
  const transaction = parseTransaction(envelope, { index: 4, code: 0 });
  expect(transaction).toMatchObject({ index: 4, code: 0, type: 3, channel: "commons" });
  expect(transaction.unreadable).toBeUndefined();
  expect(hasOwnId(transaction)).toBe(true);
  expect(transaction.timestamp).toEqual(new Date(1_760_000_000_987));
  expect(transaction.timestampNanos).toBe(987_654_321);
  expect(transaction.creator.mspId).toBe("CaseMSP");
  expect(transaction.creator.certificatePem).toBe("certificate of a resident");
  expect(verify("sha256", transaction.payload, creator.publicKey, transaction.signature)).toBe(true);

  const { action } = transaction;
  if (!action) throw new Error("no action");
  expect(action).toMatchObject({ chaincode: "cocity", chaincodeVersion: "1.0", functionName: "propose" });
  expect(action.args.map((arg) => Buffer.from(arg).toString())).toEqual(["001272", "{}"]);
  expect(action.response.status).toBe(200);
  expect(action.event).toMatchObject({
    name: "ProposalPublished",
    chaincode: "cocity",
    transactionId: transaction.id,
  });
  expect(plain(action.proposalHash)).toEqual(plain(action.expectedProposalHash));
  expect(plain(action.readWriteSets)).toEqual(plain([everything]));
  expect(action.writes.length).toBe(2);
  expect(action.hashedWrites.map((write) => write.isPurge)).toEqual([false, true]);
  for (const [index, { endorser, signature }] of action.endorsements.entries()) {
    const key = endorsers[index]?.publicKey;
    expect(key && verify("sha256", endorsedBytes(action, endorser), key, signature)).toBe(true);
  }
});

test("an empty value is a deletion, whatever its flag says", () => {
  const sets = [
    { ...everything, writes: [{ namespace: "cocity", key: "k", value: bytes(""), isDelete: false }] },
  ];
  const transaction = parseTransaction(makeEnvelope({ results: encodeReadWriteSets(sets) }));
  expect(transaction.action?.writes).toMatchObject([{ key: "k", isDelete: true }]);
});

test("an id that is not the hash of nonce and creator is noticed", () => {
  const transaction = parseTransaction(makeEnvelope({ results: encodeReadWriteSets([]) }));
  expect(hasOwnId({ ...transaction, id: "00".repeat(32) })).toBe(false);
});

test("a configuration has a header and no action", () => {
  const transaction = parseTransaction(makeConfigEnvelope(bytes("configuration")));
  expect(transaction).toMatchObject({ type: 1, channel: "commons" });
  expect(transaction.action).toBeUndefined();
  expect(transaction.unreadable).toBeUndefined();
});

test("what cannot be read is said, not thrown", () => {
  for (const envelope of [bytes("no protobuf at all"), Buffer.alloc(0), Buffer.from("0a0300ffff", "hex")]) {
    const transaction = parseTransaction(envelope);
    expect(transaction.unreadable?.reason).toBeTypeOf("string");
    expect(transaction.action).toBeUndefined();
    expect(transaction.envelope).toBe(envelope);
  }
});

test("any cut of an envelope is read without an exception", () => {
  const envelope = makeEnvelope({ results: encodeReadWriteSets([everything]) });
  for (let length = 0; length < envelope.length; length += 1) {
    const transaction = parseTransaction(envelope.subarray(0, length));
    expect(transaction.unreadable !== undefined || transaction.action !== undefined).toBe(true);
  }
});

/** Buffers and Uint8Arrays compare unequal in vitest; their hexadecimal form does not. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, each) =>
      each instanceof Uint8Array || each?.type === "Buffer"
        ? Buffer.from(each instanceof Uint8Array ? each : each.data).toString("hex")
        : each,
    ),
  );
}
