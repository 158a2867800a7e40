/** Blocks, signatures, endorsements and bundles, changed by whoever stands between the ledger and its reader. */
import { torino } from "@/chaincode/testing/people";
import { encodeBlock, readBlock } from "@/ledger/evidence/block";
import { bundleFrames, frameKinds } from "@/ledger/evidence/bundle";
import { validationCodes } from "@/ledger/evidence/codes";
import type { Evidence } from "@/verifier/chain/frames";
import { evidenceOfBundle } from "@/verifier/chain/frames";
import type { Item } from "@/verifier/items";
import { ChainMaker, makeChain } from "./chain-maker";
import type { MadeOrganisations } from "./organisations";
import { MadeOrganisations as Organisations } from "./organisations";
import { keyOf } from "./recorded-city";
import { id } from "./sealed-round";
import { Story } from "./story";
import { blocksEvidence, each } from "./verification";

export type ChainTampering = readonly [
  name: string,
  items: readonly Item[],
  make: (organisations: MadeOrganisations) => Promise<Evidence>,
];

/** Somebody else's channel, with the same names. */
const forged = await Organisations.make();

/** The blocks of a story that ends with its first ballots. */
async function blocksUntilCast(
  organisations: MadeOrganisations,
  change: (story: Story) => unknown = () => {},
): Promise<Uint8Array[]> {
  const story = await Story.sealed();
  story.until(story.the("sealed:cast"));
  await change(story);
  return makeChain(organisations, story.transactions);
}

async function changedBlocks(
  organisations: MadeOrganisations,
  change: (blocks: Uint8Array[]) => Uint8Array[] | undefined,
): Promise<Evidence> {
  const blocks = await blocksUntilCast(organisations);
  return blocksEvidence(change(blocks) ?? blocks);
}

/** The last block with something of it changed. */
const changedLast =
  (change: (block: ReturnType<typeof readBlock>) => Partial<ReturnType<typeof readBlock>>) =>
  (organisations: MadeOrganisations) =>
    changedBlocks(organisations, (blocks) => {
      const last = readBlock(blocks.at(-1) as Uint8Array);
      return [...blocks.slice(0, -1), encodeBlock({ ...last, ...change(last) })];
    });

const casting =
  (change: (story: Story, organisations: MadeOrganisations) => unknown) =>
  async (organisations: MadeOrganisations) =>
    blocksEvidence(await blocksUntilCast(organisations, (story) => change(story, organisations)));

const forging = (forging: (organisations: MadeOrganisations) => Story["transactions"][number]["forging"]) =>
  casting((story, organisations) => {
    story.the("sealed:cast").forging = forging(organisations) ?? {};
  });

/** The whole story's bundle, its frames changed. */
const bundle = (change: (frames: Buffer[]) => Buffer[]) => async (organisations: MadeOrganisations) => {
  const blocks = await makeChain(organisations, (await Story.sealed()).transactions);
  const frames: Buffer[] = [];
  for await (const frame of bundleFrames(blocks, { municipality: torino, round: id }))
    frames.push(Buffer.from(frame));
  return evidenceOfBundle(each([Buffer.concat(change(frames))]));
};

/** A frame of a block in which a transaction is, as the header alone. */
function withoutTransactions(frame: Buffer): Buffer {
  const raw = readBlock(frame.subarray(5));
  const light = encodeBlock({ ...raw, envelopes: [], metadata: [raw.metadata[0] ?? new Uint8Array(0)] });
  const head = Buffer.alloc(5);
  head.writeUInt8(frameKinds.header);
  head.writeUInt32BE(light.length, 1);
  return Buffer.concat([head, light]);
}

/** Places of the frames whose blocks hold a transaction of a name. */
const holding = (frames: readonly Buffer[], name: string) =>
  frames.flatMap((frame, index) =>
    frame[0] === frameKinds.block && frame.includes(`${name}`) ? [index] : [],
  );

const { MVCC_READ_CONFLICT, ENDORSEMENT_POLICY_FAILURE, DUPLICATE_TXID } = validationCodes;

export const chainTamperings: readonly ChainTampering[] = [
  [
    "a byte of a transaction is changed",
    ["chain", "transactions", "ballots"],
    changedLast(({ envelopes: [envelope = new Uint8Array(0)] }) => {
      const changed = Buffer.from(envelope);
      const at = changed.indexOf("sealed_ballot") + 200;
      changed[at] = (changed[at] ?? 0) ^ 1;
      return { envelopes: [changed] };
    }),
  ],
  [
    "a block names another one before it",
    ["chain", "blockSignatures"],
    changedLast(() => ({ previousHash: new Uint8Array(32) })),
  ],
  [
    "a block's data hash is another",
    ["chain", "blockSignatures"],
    changedLast(() => ({ dataHash: new Uint8Array(32) })),
  ],
  [
    "a block has another number",
    ["chain", "blockSignatures"],
    changedLast(({ number }) => ({ number: number + 1 })),
  ],
  [
    "a block holds one transaction more",
    ["chain"],
    changedLast(({ envelopes }) => ({ envelopes: [...envelopes, ...envelopes] })),
  ],
  ["a block holds no transaction", ["chain"], changedLast(() => ({ envelopes: [] }))],
  [
    "a block is left out",
    ["chain"],
    (o) => changedBlocks(o, (blocks) => [...blocks.slice(0, -2), ...blocks.slice(-1)]),
  ],
  [
    "the first block is left out",
    ["chain", "blockSignatures", "transactions", "writers", "keys", "ties"],
    (o) => changedBlocks(o, (blocks) => blocks.slice(1)),
  ],
  [
    "two blocks change places",
    ["chain", "validity", "writers"],
    (o) =>
      changedBlocks(o, (blocks) => {
        const [open, cast] = [
          blocks.findIndex((b) => Buffer.from(b).includes("rounds:open")),
          blocks.length - 1,
        ];
        const copy = [...blocks];
        [copy[open], copy[cast]] = [blocks[cast] as Uint8Array, blocks[open] as Uint8Array];
        return copy;
      }),
  ],
  [
    "a block stands twice",
    ["chain", "validity", "order"],
    (o) => changedBlocks(o, (blocks) => [...blocks, blocks.at(-1) as Uint8Array]),
  ],
  [
    "blocks are signed by another channel's orderer",
    ["blockSignatures"],
    async (o) => {
      const story = await Story.sealed();
      return blocksEvidence(
        await makeChain(o, story.until(story.the("sealed:cast")).transactions, forged.parts.Comune.orderer),
      );
    },
  ],
  [
    "blocks are signed by a peer",
    ["blockSignatures"],
    async (o) => {
      const story = await Story.sealed();
      return blocksEvidence(
        await makeChain(o, story.until(story.the("sealed:cast")).transactions, o.parts.Comune.peer),
      );
    },
  ],
  [
    "blocks are signed by an orderer of an organisation that orders nothing",
    ["blockSignatures"],
    async (o) => {
      const story = await Story.sealed();
      return blocksEvidence(
        await makeChain(o, story.until(story.the("sealed:cast")).transactions, o.parts.Case.orderer),
      );
    },
  ],
  [
    "a block is signed by nobody",
    ["blockSignatures"],
    changedLast(({ metadata }) => ({ metadata: [new Uint8Array(0), ...metadata.slice(1)] })),
  ],
  [
    "a block's signature is of another block",
    ["blockSignatures"],
    (o) =>
      changedBlocks(o, (blocks) => {
        const [before, last] = blocks.slice(-2).map(readBlock);
        if (!before || !last) return blocks;
        return [
          ...blocks.slice(0, -1),
          encodeBlock({
            ...last,
            metadata: [before.metadata[0] ?? new Uint8Array(0), ...last.metadata.slice(1)],
          }),
        ];
      }),
  ],
  [
    "the organisations' roots change on the way",
    ["blockSignatures", "organisations", "transactions", "writers"],
    async (o) => {
      const story = await Story.sealed();
      const maker = new ChainMaker(o, o.parts.Comune.orderer);
      await maker.add([o.configuration()], [0]);
      for (const one of story.until(story.the("rounds:open")).transactions) await maker.addTransaction(one);
      await maker.add([o.configuration(forged.all.map(({ rootPem }) => rootPem))], [0]);
      const again = await Story.sealed();
      await maker.addTransaction(again.the("sealed:cast"));
      return blocksEvidence(maker.blocks);
    },
  ],
  [
    "one organisation alone endorsed ballots",
    ["transactions"],
    forging((o) => ({ endorsers: [o.parts.Comune.peer] })),
  ],
  [
    "one organisation endorsed ballots twice",
    ["transactions"],
    forging((o) => ({ endorsers: [o.parts.Comune.peer, o.parts.Comune.peer] })),
  ],
  ["nobody endorsed ballots", ["transactions"], forging(() => ({ endorsers: [] }))],
  [
    "orderers endorsed ballots",
    ["transactions"],
    forging((o) => ({ endorsers: [o.parts.Comune.orderer, o.parts.Garanti.orderer] })),
  ],
  [
    "strangers endorsed ballots",
    ["transactions"],
    forging(() => ({ endorsers: [forged.parts.Comune.peer, forged.parts.Garanti.peer] })),
  ],
  [
    "ballots are sent with a stranger's certificate",
    ["transactions", "writers"],
    async (o) => {
      const sender = await forged.sender((await Story.sealed()).the("sealed:cast").submitter);
      return forging(() => ({ sender }))(o);
    },
  ],
  ["ballots' transaction has another's id", ["transactions"], forging(() => ({ id: "ab".repeat(32) }))],
  [
    "what was endorsed answers another proposal",
    ["transactions"],
    forging(() => ({ proposalHash: new Uint8Array(32) })),
  ],
  [
    "ballots read the round as it was before",
    ["validity"],
    casting((story) => {
      const cast = story.the("sealed:cast");
      const phase = cast.reads.find((key) => key.includes("\0phase\0")) ?? keyOf("phase", id);
      cast.forging = { read: new Map([[phase, { block: 1, transaction: 0 }]]) };
    }),
  ],
  [
    "ballots are marked as in conflict, and are not",
    ["validity"],
    forging(() => ({ code: MVCC_READ_CONFLICT })),
  ],
  [
    "ballots are marked as endorsed by too few, and are not",
    ["validity"],
    forging(() => ({ code: ENDORSEMENT_POLICY_FAILURE })),
  ],
  [
    "ballots are marked as a repetition, and are not",
    ["validity"],
    forging(() => ({ code: DUPLICATE_TXID })),
  ],
  [
    "the bundle is cut within a block",
    ["evidence"],
    bundle((frames) => [...frames.slice(0, -2), (frames.at(-2) as Buffer).subarray(0, 40)]),
  ],
  ["the bundle is cut between blocks", ["evidence"], bundle((frames) => frames.slice(0, -1))],
  [
    "the bundle's end names a block more",
    ["evidence"],
    bundle((frames) => {
      const last = Buffer.from(frames.at(-1) as Buffer);
      last.writeBigUInt64BE(last.readBigUInt64BE(5) + 1n, 5);
      return [...frames.slice(0, -1), last];
    }),
  ],
  [
    "the bundle's end names another block",
    ["evidence"],
    bundle((frames) => {
      const last = Buffer.from(frames.at(-1) as Buffer);
      last[20] = (last[20] ?? 0) ^ 1;
      return [...frames.slice(0, -1), last];
    }),
  ],
  [
    "the bundle leaves out blocks at its end, and names the one before",
    ["evidence"],
    bundle((frames) => [...frames.slice(0, -2), frames.at(-1) as Buffer]),
  ],
  [
    "the bundle leaves out a block of ballots",
    ["validity", "list", "publication", "outcome"],
    bundle((frames) => {
      const [at = 0] = holding(frames, "sealed:cast").slice(1);
      return frames.map((frame, index) => (index === at ? withoutTransactions(frame) : frame));
    }),
  ],
  [
    "the bundle leaves out a block of what an issuer told",
    ["validity"],
    bundle((frames) => {
      const [at = 0] = holding(frames, "sealed:reportIssued");
      return frames.map((frame, index) => (index === at ? withoutTransactions(frame) : frame));
    }),
  ],
  [
    "the bundle leaves out a block of published envelopes",
    ["validity", "publication", "outcome"],
    bundle((frames) => {
      const [at = 0] = holding(frames, "sealed:publish");
      return frames.map((frame, index) => (index === at ? withoutTransactions(frame) : frame));
    }),
  ],
  [
    "the bundle leaves out the block of an issuer's keys",
    ["validity", "freeze", "keys", "ties", "ballots"],
    bundle((frames) => {
      const [at = 0] = holding(frames, "sealed:offerKeys").slice(1);
      return frames.map((frame, index) => (index === at ? withoutTransactions(frame) : frame));
    }),
  ],
  [
    "the bundle leaves out the block in which people's keys are",
    ["validity", "acts", "writers", "keys", "ties", "release", "attestations"],
    bundle((frames) => {
      const [at = 0] = holding(frames, "municipality:found");
      return frames.map((frame, index) => (index === at ? withoutTransactions(frame) : frame));
    }),
  ],
];
