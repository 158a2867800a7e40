/** After the closing: the list of ballots that stand, made in bounded steps, and superseded envelopes purged. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { RuleError } from "../../../../protocol/errors";
import type { RecordOf } from "../../../../protocol/records";
import { areaPart, atOnce, sealedSeqPart } from "../../../../protocol/records/sealed";
import { MerkleTree } from "../../../../voting/merkle-tree";
import { LEAST_OPENED } from "../../../../voting/sealed/areas";
import { finalLeaf } from "../../../../voting/sealed/final-list";
import type { Handler } from "../handler";
import type { InternalRecords, SealedPhase } from "../internal";
import { requireState } from "../moves";
import { phaseOf } from "../rounds";
import type { Tx } from "../tx";
import { sealedOf } from "./casting";
import { bucketAfter, bucketAt } from "./last-ballots";

type Listing = InternalRecords["listing"];

/** Buckets that a transaction looks into at most; many are empty where few have voted. */
const MOST_BUCKETS = 64;

/** Puts the next ballots on the list. @returns whether it is complete, and how many ballots are on it */
export const list: Handler<"sealed:list"> = async (tx, input) => {
  const { sealing, sealed } = await closedSealing(tx, input.round);
  const begun = (await tx.getInternal("listing", sealing.id)) ?? emptyListing(sealed);
  const tree = MerkleTree.from(
    begun.subtrees.map(({ leaves, hash }) => ({ leaves, hash: hexToBytes(hash) })),
  );
  const counts = [...begun.counts];
  let { superseded, next } = begun;
  let taken = 0;
  for (let looked = 0; looked < MOST_BUCKETS && taken < atOnce.listed; looked++) {
    const ballots = await bucketAt(tx, sealing.id, sealed, next);
    if (ballots === undefined) break;
    for (const { key, seq, digest } of ballots) {
      const ballot = { area: next.area + 1, voter: hexToBytes(key), seq, digest: hexToBytes(digest) };
      tree.add(finalLeaf({ digest: hexToBytes(sealed.digest) }, ballot));
      superseded += seq - 1;
    }
    counts[next.area] = (counts[next.area] ?? 0) + ballots.length;
    taken += ballots.length;
    next = bucketAfter(sealed, next);
  }
  const subtrees = tree.subtrees().map(({ leaves, hash }) => ({ leaves, hash: bytesToHex(hash) }));
  tx.putInternal("listing", [sealing.id], { subtrees, counts, superseded, next });
  const done = next.area >= sealed.areas.length;
  if (done) {
    const areas = counts.map((ballots, index) => ({
      number: index + 1,
      ballots,
      opened: ballots >= LEAST_OPENED,
    }));
    const complete = { root: bytesToHex(tree.root()), count: tree.size, superseded, areas, on: tx.day };
    tx.put("sealing", [sealing.id], { ...sealing, state: "listed", list: complete });
    tx.putInternal("purging", [sealing.id], {
      next: { area: 0, bucket: 0 },
      after: "",
      left: superseded,
    });
  }
  return { done, listed: tree.size };
};

/** Purges the next superseded envelopes. @returns how many are left */
export const purge: Handler<"sealed:purge"> = async (tx, input) => {
  const { sealing, sealed } = await closedSealing(tx, input.round);
  const begun = await tx.getInternal("purging", sealing.id);
  if (!begun || begun.left === 0) throw new RuleError("nothing_left", { id: sealing.id });
  let { next, after, left } = begun;
  let purged = 0;
  steps: for (let looked = 0; looked < MOST_BUCKETS && left > 0; looked++) {
    const ballots = (await bucketAt(tx, sealing.id, sealed, next)) ?? [];
    for (const { key, seq } of ballots) {
      if (key <= after || seq === 1) continue;
      if (purged + seq - 1 > atOnce.purged) break steps;
      for (let before = 1; before < seq; before++) {
        const parts = [sealing.id, areaPart(next.area + 1), key, sealedSeqPart(before)];
        tx.purgePrivate(["envelope", ...parts]);
      }
      purged += seq - 1;
      left -= seq - 1;
      after = key;
    }
    next = bucketAfter(sealed, next);
    after = "";
  }
  tx.putInternal("purging", [sealing.id], { next, after, left });
  return { left };
};

/** A sealing whose round has closed, in a state for this transaction. @throws {RuleError} `wrong_state` */
export async function closedSealing(
  tx: Tx,
  id: string,
): Promise<{ sealing: RecordOf<"sealing">; sealed: SealedPhase; round: RecordOf<"round"> }> {
  const [round, sealing] = await Promise.all([tx.need("round", id), tx.need("sealing", id)]);
  requireState(tx, "sealing", sealing);
  requireState(tx, "round", round);
  return { round, sealing, sealed: sealedOf(await phaseOf(tx, id)) };
}

function emptyListing({ areas }: SealedPhase): Listing {
  return { subtrees: [], counts: areas.map(() => 0), superseded: 0, next: { area: 0, bucket: 0 } };
}
