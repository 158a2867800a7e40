/** Released keys, every envelope opened and made again, and the ballots that count. */
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { issuerNumberOf } from "../../protocol/records/sealed";
import type { BallotContent } from "../../voting/ballots/content";
import type { TrusteeSecret } from "../../voting/sealed/envelope";
import { isReleasedKey, openBallot, type VoidEnvelope } from "../../voting/sealed/opening";
import { machine } from "../machine/this";
import type { Context, SealingRecord } from "../round/context";
import { type SealedBallots, type Standing, shortKey } from "./ballots";
import type { FrozenSealed } from "./frozen";

/** Trustees whose keys open a ballot. */
const NEEDED = 2;

/** The released keys that are those of the frozen ones. */
export async function checkReleased(
  { findings }: Context,
  frozen: FrozenSealed,
  { released }: SealingRecord,
): Promise<TrusteeSecret[]> {
  const found: TrusteeSecret[] = [];
  for (const { organisation, secret } of released) {
    const trustee = issuerNumberOf[organisation];
    const bytes = hexToBytes(secret);
    const holds = await isReleasedKey(machine.primitives, frozen.trustees[trustee - 1] as Uint8Array, bytes);
    findings.expect(
      "release",
      holds,
      `what the trustee of ${organisation} released is not the secret of its key`,
    );
    const first = found.every((one) => one.trustee !== trustee);
    findings.expect("release", first, `the trustee of ${organisation} is told to have released twice`);
    if (holds && first) found.push({ trustee, secret: bytes });
  }
  return found;
}

export interface Opened {
  readonly contents: BallotContent[];
  /** Ballots whose envelope is void, and those that nobody brought. */
  readonly void: Readonly<Record<VoidEnvelope | "missing", number>>;
  /** Ballots of areas that are not opened. */
  readonly unopened: number;
}

/** Opens all that stands in opened areas. Undefined where too few keys are released. */
export async function openAll(
  { findings }: Context,
  frozen: FrozenSealed,
  { list }: SealingRecord,
  ballots: SealedBallots,
  released: readonly TrusteeSecret[],
  progress?: (done: number, all: number) => void,
): Promise<Opened | undefined> {
  const [first, second] = released;
  if (!list || !first || !second || released.length < NEEDED) return undefined;
  const opened = new Set(list.areas.filter((area) => area.opened).map(({ number }) => number));
  const all = ballots.finalList();
  const contents: BallotContent[] = [];
  const voided = { not_made_again: 0, malformed: 0, missing: 0 };
  const keys = new Map<string, Standing>();
  let unopened = 0;
  for (const [index, ballot] of all.entries()) {
    if (index % 1000 === 0) progress?.(index, all.length);
    const { area, voter, envelope } = ballot;
    if (!opened.has(area)) {
      unopened += 1;
      continue;
    }
    if (!envelope) {
      voided.missing += 1;
      continue;
    }
    const result = await openBallot(machine.primitives, frozen, ballot, [first, second], envelope);
    findings.checked("openings");
    if ("void" in result) {
      voided[result.void] += 1;
      findings.note(
        "openings",
        `area ${area}, key ${shortKey(voter)}: void, ${result.void.replaceAll("_", " ")}`,
      );
      continue;
    }
    findings.checked("ballotKeys");
    const key = bytesToHex(result.key);
    const earlier = keys.get(key);
    if (earlier)
      findings.note(
        "ballotKeys",
        `keys ${shortKey(earlier.voter)} and ${shortKey(voter)} sealed with one K: whoever knows one ballot knew the other`,
      );
    keys.set(key, ballot);
    contents.push(result.ballot.content);
  }
  return { contents, void: voided, unopened };
}
