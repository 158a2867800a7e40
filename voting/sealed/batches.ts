/**
 * When posts and ballots go on, in groups in which none can be told from the others. Never by the clock: whoever knows when
 * somebody enrolled would recognise a ballot that came at once.
 */
import { bytesToHex } from "@noble/hashes/utils.js";
import { type BallotPlace, MOST_CASTS } from "./round";

/** Whether the relay still takes a post of a posting key that has sent so many: free posts would let the opener fill groups. */
export function takesPost(sentBefore: number): boolean {
  return sentBefore < MOST_CASTS;
}

/**
 * How many of the waiting posts the relay passes on, from the first: all once `least` different posting keys wait, and all
 * at the end of the reception. The relay shuffles them and takes their posting keys off.
 *
 * @param waiting posting keys of the posts in the order in which they came
 */
export function postsToPassOn(waiting: readonly Uint8Array[], least: number, ended: boolean): number {
  const different = new Set(waiting.map(bytesToHex)).size;
  return ended || different >= least ? waiting.length : 0;
}

/**
 * The next ballots that the opener writes in one transaction: of one area, one of each key, the next seq of each. An area has
 * its turn when it has `least` keys, or with what it has at the end. Empty when no area has.
 *
 * @param waiting in the order in which they were opened; a second one of the same place is passed over
 * @param recorded the last seq that the ledger has of a key in an area, 0 where it has none
 */
export function nextBatch<Ballot extends BallotPlace>(
  waiting: readonly Ballot[],
  recorded: (ballot: Ballot) => number,
  least: number,
  most: number,
  ended: boolean,
): Ballot[] {
  const ready = new Map<number, Map<string, Ballot>>();
  for (const ballot of waiting) {
    if (ballot.seq !== recorded(ballot) + 1) continue;
    const ofArea = ready.get(ballot.area) ?? new Map<string, Ballot>();
    const key = bytesToHex(ballot.voter);
    if (!ofArea.has(key)) ofArea.set(key, ballot);
    ready.set(ballot.area, ofArea);
  }
  for (const [, ofArea] of [...ready].sort(([a], [b]) => a - b)) {
    if (!ended && ofArea.size < least) continue;
    const ballots = [...ofArea.values()];
    return ballots.slice(0, ended ? most : batchSize(ballots.length, least, most));
  }
  return [];
}

/** As many as may be, but where possible no fewer stay behind than make a group of their own. */
function batchSize(ready: number, least: number, most: number): number {
  const behind = ready - most;
  if (behind <= 0 || behind >= least) return Math.min(ready, most);
  return ready - least >= least ? ready - least : most;
}

export type BatchFault = "malformed" | "too_few_keys";

/** What the chaincode refuses a batch for, before it looks at any ballot. */
export function batchFault(
  batch: readonly BallotPlace[],
  least: number,
  most: number,
  ended: boolean,
): BatchFault | null {
  const keys = new Set(batch.map(({ voter }) => bytesToHex(voter)));
  const areas = new Set(batch.map(({ area }) => area));
  if (batch.length === 0 || batch.length > most || areas.size > 1 || keys.size < batch.length) {
    return "malformed";
  }
  return !ended && keys.size < least ? "too_few_keys" : null;
}

/**
 * The same things in an order that only the drawn numbers tell (Fisher and Yates).
 *
 * @param below a whole number from 0 and below its argument, drawn uniformly by a generator for keys
 */
export function shuffled<Thing>(things: readonly Thing[], below: (bound: number) => number): Thing[] {
  const mixed = [...things];
  for (let last = mixed.length - 1; last > 0; last--) {
    const drawn = below(last + 1);
    [mixed[last], mixed[drawn]] = [mixed[drawn] as Thing, mixed[last] as Thing];
  }
  return mixed;
}
