/** The public lists of sealed ballots, in large parts, so that whoever asks for one entry asks for many. */
import "server-only";
import { db } from "@/lib/db";
import { leafHash, merkleRoot } from "@/voting/merkle-tree";
import { concat } from "@/voting/sealed/bytes";
import { envelopeLength } from "@/voting/sealed/envelope";
import { MOST_BUCKET_BITS } from "./device/buckets";
import { ofHex, toHex } from "./device/bytes";
import { FINAL_BLOCK } from "./device/final-list";
import { RECORDED_ENTRY } from "./device/recorded";
import { parametersOf, releasedKeys, sealingOf } from "./queries";

/** Recorded ballots in each part, on average at least. */
const LEAST_IN_BUCKET = 128;
const MOST_BITS = 12;

export async function recordedBits(municipality: string, round: string): Promise<number> {
  const ballots = await db.chainSealedBallot.count({ where: { municipality, round } });
  return Math.max(0, Math.min(MOST_BITS, Math.floor(Math.log2(ballots / LEAST_IN_BUCKET))));
}

/** All ballots whose key begins with these bits; undefined for a part that there is not. */
export async function recordedBucket(
  municipality: string,
  round: string,
  bucket: number,
): Promise<Uint8Array | undefined> {
  const bits = await recordedBits(municipality, round);
  if (bucket >= 2 ** bits) return undefined;
  const width = 2 ** (MOST_BUCKET_BITS - bits);
  const from = beginning(bucket * width);
  const to = (bucket + 1) * width;
  const rows = await db.chainSealedBallot.findMany({
    where: {
      ...{ municipality, round },
      key: { gte: from, ...(to < 2 ** MOST_BUCKET_BITS && { lt: beginning(to) }) },
    },
    orderBy: [{ area: "asc" }, { key: "asc" }, { seq: "asc" }],
    select: { area: true, key: true, seq: true, digest: true },
  });
  return entriesOf(rows);
}

export type FinalListView =
  | { readonly closed: false }
  | {
      readonly closed: true;
      readonly root: string;
      readonly blocks: readonly { readonly first: string; readonly root: string }[];
      readonly secrets: readonly { readonly trustee: number; readonly secret: string }[];
    };

/** The list of ballots that stand, by the roots of its parts; the ledger's own root stands beside them. */
export async function finalList(municipality: string, round: string): Promise<FinalListView> {
  const sealing = await sealingOf(municipality, round);
  if (!sealing?.list) return { closed: false };
  const { root } = sealing.list;
  const blocks = rootsOf.get(root) ?? (await blockRoots(municipality, round));
  keep(root, blocks);
  return { closed: true, root, blocks, secrets: releasedKeys(sealing) };
}

export async function finalBlock(municipality: string, round: string, block: number): Promise<Uint8Array> {
  return entriesOf(await finalRows(municipality, round, block));
}

/** Envelopes of a part, in its order; zeros where there is none. */
export async function finalEnvelopes(
  place: { istatCode: string; slug: string },
  round: string,
  block: number,
): Promise<Uint8Array> {
  const municipality = place.istatCode;
  const [rows, parameters] = await Promise.all([
    finalRows(municipality, round, block),
    parametersOf(place, round),
  ]);
  if (!parameters) return new Uint8Array();
  const first = rows[0];
  const last = rows.at(-1);
  if (!first || !last) return new Uint8Array();
  const found = await db.chainSealedEnvelope.findMany({
    where: {
      ...{ municipality, round, area: { gte: first.area, lte: last.area } },
      key: { in: rows.map(({ key }) => key) },
    },
    select: { area: true, key: true, record: true },
  });
  const byPlace = new Map(
    found.map(({ area, key, record }) => [`${area} ${key}`, (record as { envelope: string }).envelope]),
  );
  const length = envelopeLength(parameters);
  return concat(
    ...rows.map(({ area, key }) => {
      const envelope = new Uint8Array(Buffer.from(byPlace.get(`${area} ${key}`) ?? "", "base64"));
      return envelope.length === length ? envelope : new Uint8Array(length);
    }),
  );
}

interface Row {
  readonly area: number;
  readonly key: string;
  readonly seq: number;
  readonly digest: string;
}

/** The last ballot of each key, in the order of areas and keys. */
function finalRows(municipality: string, round: string, block: number): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT DISTINCT ON (area, key COLLATE "C") area, key, seq, digest
    FROM chain.sealed_ballot
    WHERE municipality = ${municipality} AND round = ${round}
    ORDER BY area, key COLLATE "C", seq DESC
    LIMIT ${FINAL_BLOCK} OFFSET ${block * FINAL_BLOCK}`;
}

type BlockRoots = readonly { readonly first: string; readonly root: string }[];

/** By the root of the whole list, which says of which one they are. */
const rootsOf = new Map<string, BlockRoots>();
const MOST_KEPT = 20;

function keep(root: string, blocks: BlockRoots): void {
  rootsOf.set(root, blocks);
  const [oldest] = rootsOf.keys();
  if (rootsOf.size > MOST_KEPT && oldest !== undefined) rootsOf.delete(oldest);
}

async function blockRoots(municipality: string, round: string): Promise<BlockRoots> {
  const row = await db.chainRound.findUnique({
    where: { municipality_id: { municipality, id: round } },
    select: { frozenDigest: true },
  });
  const freeze = ofHex(row?.frozenDigest, 32) ?? new Uint8Array();
  const blocks: { first: string; root: string }[] = [];
  for (let block = 0; ; block++) {
    const rows = await finalRows(municipality, round, block);
    const [first] = rows;
    if (!first) break;
    const leaves = rows.map((one) => leafHash(concat(freeze, entryOf(one))));
    blocks.push({ first: toHex(entryOf(first).subarray(0, 34)), root: toHex(merkleRoot(leaves)) });
    if (rows.length < FINAL_BLOCK) break;
  }
  return blocks;
}

function entriesOf(rows: readonly Row[]): Uint8Array {
  const bytes = new Uint8Array(rows.length * RECORDED_ENTRY);
  for (const [index, row] of rows.entries()) bytes.set(entryOf(row), index * RECORDED_ENTRY);
  return bytes;
}

/** Area (2) ‖ key (32) ‖ seq (1) ‖ digest (32). */
function entryOf({ area, key, seq, digest }: Row): Uint8Array {
  return concat(
    Uint8Array.of(area >> 8, area & 0xff),
    ofHex(key, 32) ?? new Uint8Array(32),
    Uint8Array.of(seq),
    ofHex(digest, 32) ?? new Uint8Array(32),
  );
}

function beginning(value: number): string {
  return value.toString(16).padStart(MOST_BUCKET_BITS / 4, "0");
}
