/** Files and records of no form that anybody wrote down: every verifier says a sentence of them and ends in order. */
import { common } from "@hyperledger/fabric-protos";
import { torino } from "@/chaincode/testing/people";
import { encodeBlock, readBlock } from "@/ledger/evidence/block";
import { frameKinds } from "@/ledger/evidence/bundle";
import { id } from "./sealed-round";

/** What a verifier comes to: exit codes 2 and 1. */
export type Verdict = "nothing to look at" | "fails" | "holds";

type Frames = readonly Uint8Array[];

/** A bundle's parts changed: its magic, head, blocks and end. */
interface Parts {
  readonly magic: Uint8Array;
  readonly head: Uint8Array;
  readonly blocks: Frames;
  readonly end: Uint8Array;
}

const join = (...parts: Uint8Array[]) => Buffer.concat(parts);

function frame(kind: number, bytes: Uint8Array): Uint8Array {
  const head = Buffer.alloc(5);
  head.writeUInt8(kind);
  head.writeUInt32BE(bytes.length, 1);
  return join(head, bytes);
}

const headed =
  (text: string | Uint8Array) =>
  ({ magic, blocks, end }: Parts) =>
    join(magic, frame(frameKinds.head, Buffer.from(text)), ...blocks, end);

/** The seventh block replaced. */
const withBlock =
  (bytes: Uint8Array) =>
  ({ magic, head, blocks, end }: Parts) =>
    join(magic, head, ...blocks.slice(0, 6), frame(frameKinds.block, bytes), ...blocks.slice(7), end);

/** One byte of a block turned, so many parts of 27 into it. */
const turned = (part: number) => (parts: Parts) => {
  const at = parts.blocks.length - 4;
  const block = Buffer.from(parts.blocks[at] as Uint8Array);
  const place = 5 + Math.floor(((block.length - 5) * part) / 27);
  block[place] = (block[place] ?? 0) ^ 0xff;
  const { magic, head, blocks, end } = parts;
  return join(magic, head, ...blocks.slice(0, at), block, ...blocks.slice(at + 1), end);
};

const { SIGNATURES, COMMIT_HASH } = common.BlockMetadataIndex;

/** A part of the metadata of every whole block replaced: no hash covers it. */
const withMetadata =
  (part: number, bytes: Uint8Array) =>
  ({ magic, head, blocks, end }: Parts) => {
    const changed = blocks.map((block) => {
      if (block[0] !== frameKinds.block) return block;
      const raw = readBlock(block.subarray(5));
      const metadata = Array.from({ length: COMMIT_HASH + 1 }, (_, index) =>
        index === part ? bytes : (raw.metadata[index] ?? new Uint8Array(0)),
      );
      return frame(frameKinds.block, encodeBlock({ ...raw, metadata }));
    });
    return join(magic, head, ...changed, end);
  };

/** The last block, whose last field says that it is five bytes longer than what is there. */
function cutWithin({ magic, head, blocks, end }: Parts): Uint8Array {
  const last = blocks.findLastIndex((block) => block[0] === frameKinds.block);
  const raw = readBlock((blocks[last] as Uint8Array).subarray(5));
  const metadata = [...raw.metadata];
  metadata[COMMIT_HASH] = new Uint8Array(34);
  const cut = frame(frameKinds.block, encodeBlock({ ...raw, metadata }).slice(0, -5));
  return join(magic, head, ...blocks.slice(0, last), cut, ...blocks.slice(last + 1), end);
}

/** A signature by whoever these bytes say. */
function signedBy(creator: Uint8Array): Uint8Array {
  const header = new common.SignatureHeader();
  header.setCreator(creator);
  const signature = new common.MetadataSignature();
  signature.setSignatureHeader(header.serializeBinary());
  const metadata = new common.Metadata();
  metadata.addSignatures(signature);
  return metadata.serializeBinary();
}

export const malformedFiles: readonly (readonly [
  name: string,
  verdict: Verdict,
  make: (parts: Parts) => Uint8Array,
])[] = [
  ["nothing in it", "nothing to look at", () => new Uint8Array(0)],
  ["half of how a bundle begins", "nothing to look at", ({ magic }) => magic.slice(0, 8)],
  ["its beginning alone", "nothing to look at", ({ magic }) => magic],
  ["a head that is cut", "nothing to look at", ({ magic, head }) => join(magic, head.slice(0, -3))],
  ["its head alone", "nothing to look at", ({ magic, head }) => join(magic, head)],
  ["a head that is no JSON", "nothing to look at", headed("{")],
  ["a head that is a list", "nothing to look at", headed("[]")],
  ["a head that is no UTF-8", "nothing to look at", headed(Uint8Array.of(0xff, 0xfe))],
  [
    "a head with a text that is no UTF-8",
    "nothing to look at",
    headed(Buffer.from(`{"municipality":"${torino}","round":"${id}","by":"\xff"}`, "latin1")),
  ],
  ["a head of brackets within brackets", "nothing to look at", headed("[".repeat(100_000))],
  [
    "a round that is a number",
    "nothing to look at",
    headed(JSON.stringify({ municipality: torino, round: 7 })),
  ],
  [
    "a round that is named twice, the right one last",
    "holds",
    headed(`{"municipality":"${torino}","round":"another","round":"${id}"}`),
  ],
  ["no head", "nothing to look at", ({ magic, blocks, end }) => join(magic, ...blocks, end)],
  [
    "two heads",
    "nothing to look at",
    ({ magic, head, blocks, end }) => join(magic, head, head, ...blocks, end),
  ],
  [
    "a frame of an unknown kind",
    "nothing to look at",
    ({ magic, head, blocks, end }) => join(magic, head, frame(9, Uint8Array.of(1)), ...blocks, end),
  ],
  [
    "a block that says it is 4 GB long",
    "nothing to look at",
    ({ magic, head, blocks }) => join(magic, head, Uint8Array.of(2, 255, 255, 255, 255), ...blocks),
  ],
  [
    "an end of 39 bytes",
    "nothing to look at",
    ({ magic, head, blocks }) => join(magic, head, ...blocks, frame(frameKinds.end, new Uint8Array(39))),
  ],
  [
    "two ends",
    "nothing to look at",
    ({ magic, head, blocks, end }) => join(magic, head, ...blocks, end, end),
  ],
  [
    "a byte after its end",
    "fails",
    ({ magic, head, blocks, end }) => join(magic, head, ...blocks, end, Uint8Array.of(1)),
  ],
  [
    "a height that no chain has",
    "fails",
    ({ magic, head, blocks, end }) =>
      join(magic, head, ...blocks, frame(frameKinds.end, join(Buffer.alloc(8, 255), end.slice(13)))),
  ],
  ["no last blocks", "fails", ({ magic, head, blocks }) => join(magic, head, ...blocks.slice(0, -3))],
  ["an empty block", "nothing to look at", withBlock(new Uint8Array(0))],
  [
    "a block of noise",
    "nothing to look at",
    withBlock(Buffer.from("\u0007noise of no message \xff", "latin1")),
  ],
  [
    "a first block that is cut within itself",
    "nothing to look at",
    ({ magic, head, blocks, end }) =>
      join(magic, head, frame(frameKinds.block, Uint8Array.of(0x0a, 0x7f, 1)), ...blocks.slice(1), end),
  ],
  [
    "two blocks in the other order",
    "fails",
    ({ magic, head, blocks, end }) => {
      const [sixth, seventh] = blocks.slice(5, 7) as [Uint8Array, Uint8Array];
      return join(magic, head, ...blocks.slice(0, 5), seventh, sixth, ...blocks.slice(7), end);
    },
  ],
  [
    "a block twice",
    "fails",
    ({ magic, head, blocks, end }) => join(magic, head, ...blocks.slice(0, 6), ...blocks.slice(5), end),
  ],
  ["commit hashes that cannot be read", "holds", withMetadata(COMMIT_HASH, Uint8Array.of(7))],
  ["blocks' signatures that cannot be read", "fails", withMetadata(SIGNATURES, Uint8Array.of(7))],
  ["blocks' signatures of nobody", "fails", withMetadata(SIGNATURES, signedBy(Uint8Array.of(0xff)))],
  ["a last block that ends within its last field", "fails", cutWithin],
  ...[5, 9, 13, 17, 21].map(
    (part) => [`a byte turned, ${part}/27 into a block`, "fails", turned(part)] as const,
  ),
];

export function partsOf(frames: Frames): Parts {
  const [magic, head, ...rest] = frames as [Uint8Array, Uint8Array, ...Uint8Array[]];
  return { magic, head, blocks: rest.slice(0, -1), end: rest.at(-1) as Uint8Array };
}

/** Texts in the place of a record, endorsed and signed as any other. */
export const malformedRecords: readonly (readonly [name: string, change: (text: string) => string])[] = [
  ["no JSON", () => "{"],
  ["deleted", () => ""],
  ["nothing", () => "null"],
  ["a list", () => "[]"],
  ["no number where one was", (text) => text.replace(/:(\d+)/, ":NaN")],
  ["a number beyond all", (text) => text.replace(/:(\d+)/, ":1e400")],
  ["a number of 5000 digits", (text) => text.replace(/:(\d+)/, `:${"9".repeat(5000)}`)],
  ["a number beyond what JSON holds exactly", (text) => text.replace(/:(\d+)/, ":9007199254740993")],
  ["numbers as texts", (text) => text.replace(/":(\d+)(?=[,}])/g, '":"$1"')],
  ["brackets within brackets, 100,000 deep", () => "[".repeat(100_000)],
  ["objects for lists", (text) => text.replaceAll("[", '{"0":').replaceAll("]", "}")],
  ["nothing where texts were", (text) => text.replace(/:"[^"]*"/g, ":null")],
];
