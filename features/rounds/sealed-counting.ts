/**
 * Sealed ballots opened with two released keys, each made again and compared, then counted as open ones are. Pure: what
 * anybody reads from the ledger gives the same outcome, whichever two trustees came.
 */

import { canonicalJson } from "@/protocol/canonical-json";
import type { RecordOf } from "@/protocol/records";
import { issuerNumberOf } from "@/protocol/records/sealed";
import type { BallotContent } from "@/voting/ballots/content";
import { ballotLayout } from "@/voting/sealed/ballot-layout";
import type { TrusteeSecret } from "@/voting/sealed/envelope";
import { envelopeDigest } from "@/voting/sealed/envelope";
import { areasToOpen, finalList, finalRoot, type RecordedBallot } from "@/voting/sealed/final-list";
import { nodePrimitives } from "@/voting/sealed/node";
import { openBallot, type VoidEnvelope } from "@/voting/sealed/opening";
import type { SealedRound } from "@/voting/sealed/round";
import { tieOrder } from "@/voting/sealed/tie-order";
import { type Count, countBallots } from "./counting";
import { EvidenceError } from "./evidence-error";
import { readSheets } from "./paper-counting";

/** Why a sealed ballot is void before its choices are looked at. */
export type VoidSealed = VoidEnvelope | "missing";

/** What the ledger has of a sealed round that is counted. */
export interface SealedEvidence {
  sealing: RecordOf<"sealing">;
  /** Every recorded ballot, in any order. */
  recorded: readonly Pick<RecordOf<"sealed_ballot">, "area" | "key" | "seq" | "digest">[];
  /** Published envelopes. */
  envelopes: readonly Pick<RecordOf<"sealed_envelope">, "area" | "key" | "seq" | "envelope">[];
  /** Sheets of paper, in bundles; none where nobody could vote on paper. */
  sheets?: readonly RecordOf<"sheets">[];
}

/** Opened ballots in the order of their choices, so that nothing tells which is whose. */
export interface OpenedBallots {
  standing: { key: string; content: BallotContent }[];
  /** Ballots that do not open, by area and key. */
  lost: { key: string; code: VoidSealed }[];
  unopened: number;
}

/** Opens all ballots of a sealed round and counts them. @throws {EvidenceError} */
export async function countSealed(round: RecordOf<"round">, evidence: SealedEvidence): Promise<Count> {
  const { standing, lost, unopened } = await openAll(round, evidence);
  const paper = readSheets(round, evidence);
  return countBallots(round, [...standing, ...paper.standing], {
    tieOrder: sealedTieOrder(round, evidence.sealing),
    lost: [...lost, ...paper.lost],
    unopened: unopened + paper.unopened,
  });
}

/** @throws {EvidenceError} where the recorded ballots are not those of the list, or fewer than two keys are released */
export async function openAll(
  round: RecordOf<"round">,
  { sealing, recorded, envelopes }: SealedEvidence,
): Promise<OpenedBallots> {
  const sealed = sealedRoundOf(round, sealing);
  const pair = releasedPair(sealing);
  const list = finalList(inOrderOfSeq(recorded));
  if (toHex(finalRoot(sealed, list)) !== sealing.list?.root) throw new EvidenceError("list");
  const opened = new Set(areasToOpen(list));
  const published = new Map(envelopes.map((one) => [`${one.area} ${one.key}`, one]));
  const standing: (OpenedBallots["standing"][number] & { text: string })[] = [];
  const lost: OpenedBallots["lost"] = [];
  for (const ballot of list) {
    if (!opened.has(ballot.area)) continue;
    const key = toHex(ballot.voter);
    const envelope = fitting(ballot, published.get(`${ballot.area} ${key}`));
    const found = envelope ? await openBallot(nodePrimitives, sealed, ballot, pair, envelope) : missing;
    if ("void" in found) lost.push({ key, code: found.void });
    else {
      const { content } = found.ballot;
      standing.push({ key, content, text: canonicalJson(content) });
    }
  }
  standing.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
  return {
    standing: standing.map(({ key, content }) => ({ key, content })),
    lost,
    unopened: list.filter(({ area }) => !opened.has(area)).length,
  };
}

const missing = { void: "missing" } as const;

/** What devices and trustees need to know of a frozen round, from its records. @throws {EvidenceError} */
export function sealedRoundOf(round: RecordOf<"round">, sealing: RecordOf<"sealing">): SealedRound {
  const [first, second, third] = sealing.trustees.map(({ key }) => bytesOf(key));
  const { opener } = sealing.services;
  if (!first || !second || !third || opener === undefined) throw new EvidenceError("keys");
  return {
    digest: bytesOf(round.frozenDigest),
    trustees: [first, second, third],
    opener: bytesOf(opener),
    layout: ballotLayout({ type: round.ballot.type, maxChoices: round.ballot.most }, round.projects.length),
  };
}

/** Ballot numbers in the order that the three issuers drew before the freeze. @throws {EvidenceError} */
export function sealedTieOrder(
  { projects }: Pick<RecordOf<"round">, "projects">,
  { ties }: Pick<RecordOf<"sealing">, "ties">,
): string[] {
  const [first, second, third] = [...ties]
    .sort((a, b) => a.issuer - b.issuer)
    .flatMap(({ reveal }) => (reveal === undefined ? [] : [bytesOf(reveal)]));
  if (!first || !second || !third) throw new EvidenceError("draw");
  const numbers = new Map(projects.map(({ proposal, number }) => [proposal, String(number)]));
  return tieOrder([first, second, third], [...numbers.keys()]).map((proposal) => numbers.get(proposal) ?? "");
}

function releasedPair({ released }: RecordOf<"sealing">): [TrusteeSecret, TrusteeSecret] {
  const [first, second] = released.map(({ organisation, secret }) => ({
    ...{ trustee: issuerNumberOf[organisation], secret: bytesOf(secret) },
  }));
  if (!first || !second) throw new EvidenceError("released");
  return [first, second];
}

function inOrderOfSeq(recorded: SealedEvidence["recorded"]): RecordedBallot[] {
  return [...recorded]
    .sort((a, b) => a.seq - b.seq)
    .map(({ area, key, seq, digest }) => ({ area, voter: bytesOf(key), seq, digest: bytesOf(digest) }));
}

/** The published envelope of a ballot, if it is the one that was recorded. */
function fitting(
  { seq, digest }: RecordedBallot,
  published: SealedEvidence["envelopes"][number] | undefined,
): Uint8Array | undefined {
  if (published?.seq !== seq) return undefined;
  const envelope = Uint8Array.from(Buffer.from(published.envelope, "base64"));
  return toHex(envelopeDigest(envelope)) === toHex(digest) ? envelope : undefined;
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, "hex"));
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
