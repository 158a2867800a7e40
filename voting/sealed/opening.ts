/** What becomes of a recorded ballot once two trustees have released their keys. */
import { canonicalJson } from "../../protocol/canonical-json";
import type { BallotContent } from "../ballots/content";
import { type BallotPlaintext, decodeBallot } from "./ballot-layout";
import { equalBytes } from "./bytes";
import { isAcceptableX25519 } from "./curve-keys";
import { openEnvelope, type TrusteeSecret } from "./envelope";
import { SealedError } from "./errors";
import type { Primitives } from "./primitives";
import type { BallotPlace, SealedRound } from "./round";

/** Why a ballot is void before its choices are looked at. */
export type VoidEnvelope =
  /** It is not what its own key makes: whoever sealed it did not keep to the protocol. */
  | "not_made_again"
  /** It opens, and is no ballot of this round. */
  | "malformed";

export type OpenedBallot =
  | { readonly key: Uint8Array; readonly ballot: BallotPlaintext }
  | { readonly void: VoidEnvelope };

/** Whether a released secret key is that of the frozen public key, which must be a usable one. */
export async function isReleasedKey(
  primitives: Primitives,
  publicKey: Uint8Array,
  secret: Uint8Array,
): Promise<boolean> {
  if (secret.length !== 32 || !isAcceptableX25519(publicKey)) return false;
  return equalBytes(await primitives.x25519PublicKey(secret), publicKey);
}

/** The same for every two of the trustees. */
export async function openBallot(
  primitives: Primitives,
  round: SealedRound,
  place: BallotPlace,
  pair: readonly [TrusteeSecret, TrusteeSecret],
  envelope: Uint8Array,
): Promise<OpenedBallot> {
  const opened = await openEnvelope(primitives, round, place, pair, envelope);
  if (opened === null) return { void: "not_made_again" };
  try {
    return { key: opened.key, ballot: decodeBallot(round.layout, opened.plaintext) };
  } catch (error) {
    if (error instanceof SealedError) return { void: "malformed" };
    throw error;
  }
}

/**
 * Ballots as they are counted and published: without attempt, key or area, in an order that follows from their choices
 * alone, so that everybody writes the same file.
 */
export function sortedContents(ballots: Iterable<BallotPlaintext>): BallotContent[] {
  return [...ballots]
    .map(({ content }) => ({ content, text: canonicalJson(content) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ content }) => content);
}
