/** A ballot sealed, and either sent or opened to see that it says what was chosen. */
import type { BallotContent } from "@/voting/ballots/content";
import { decodeBallot, encodeBallot, MOST_ATTEMPTS } from "@/voting/sealed/ballot-layout";
import { equalBytes } from "@/voting/sealed/bytes";
import { encodeCast, signCast } from "@/voting/sealed/cast";
import { envelopeDigest, openWithKey, sealEnvelope } from "@/voting/sealed/envelope";
import { SealedError } from "@/voting/sealed/errors";
import { encodePost, postDigest, sealCast, signPost } from "@/voting/sealed/post";
import { decodeReceipt, encodeReceipt, isReceipt, type Receipt } from "@/voting/sealed/receipts";
import type { Holding } from "@/voting/sealed/rho-list";
import { type BallotPlace, MOST_CASTS } from "@/voting/sealed/round";
import { ballotKey, postEphemeral } from "@/voting/sealed/voter-keys";
import { ask } from "./asking";
import { membersOf, ofBase64, ofHex, toBase64, toHex } from "./bytes";
import { DeviceFault } from "./faults";
import { recordedOf } from "./recorded";
import type { DeviceRound, Machine } from "./round";
import { requireCredentials, secretsOf } from "./secrets";

export interface Draft {
  readonly seq: number;
  /** Raised after every challenge and every change. */
  readonly attempt: number;
  readonly content: BallotContent;
}

interface SealedDraft {
  readonly place: BallotPlace;
  readonly key: Uint8Array;
  readonly envelope: Uint8Array;
  readonly ephemeral: Uint8Array;
  readonly sealed: Uint8Array;
  readonly post: Uint8Array;
}

/** Which ballot of this voter the next one is, counting those that wait to be recorded. @throws {DeviceFault} */
export async function nextSeq(
  machine: Machine,
  round: DeviceRound,
  seed: Uint8Array,
  holding: Holding,
): Promise<number> {
  const { key, postingKey } = await secretsOf(machine, round, seed, holding);
  const address = `${round.addresses.relay}/v1/rounds/${round.id}/keys/${toHex(postingKey)}`;
  const { receipts } = (await ask(machine, "relay", address)).members();
  if (!Array.isArray(receipts) || receipts.length > MOST_CASTS) throw new DeviceFault("bad_answer", "relay");
  const posts = new Set<string>();
  for (const text of receipts) {
    const receipt = readReceipt(ofBase64(text));
    if (!(await isReceipt(machine.primitives, round.digest, round.keepers, receipt))) badReceipt();
    posts.add(toHex(receipt.post));
  }
  const recorded = await recordedOf(machine, round, { area: holding.area, voter: key });
  const next = 1 + Math.max(posts.size, ...recorded.map(({ seq }) => seq));
  if (next > MOST_CASTS) throw new DeviceFault("no_more");
  return next;
}

/** What the ballot will be known by, before its voter decides whether to send or to open it. */
export async function commit(
  machine: Machine,
  round: DeviceRound,
  seed: Uint8Array,
  holding: Holding,
  draft: Draft,
): Promise<{ readonly digest: string }> {
  const { envelope } = await seal(machine, round, seed, holding, draft);
  return { digest: toHex(envelopeDigest(envelope)) };
}

export interface Sent {
  readonly area: number;
  /** The voter's key, hexadecimal like the digest of the envelope. */
  readonly key: string;
  readonly seq: number;
  readonly digest: string;
  readonly receipt: string;
  /** With receipt and ephemeral, what a claim of a broken promise consists of. */
  readonly sealed: string;
  readonly ephemeral: string;
}

/** Sends a ballot and checks the receipt; the same ballot sent again gets the same receipt. @throws {DeviceFault} */
export async function send(
  machine: Machine,
  round: DeviceRound,
  seed: Uint8Array,
  holding: Holding,
  draft: Draft,
): Promise<Sent> {
  const made = await seal(machine, round, seed, holding, draft);
  const again = await seal(machine, round, seed, holding, draft);
  if (!equalBytes(made.post, again.post)) throw new DeviceFault("differs");
  const address = `${round.addresses.relay}/v1/rounds/${round.id}/posts`;
  const { bytes } = await ask(machine, "relay", address, made.post);
  const receipt = readReceipt(bytes);
  const isOfPost = equalBytes(receipt.post, postDigest(made.sealed));
  if (!isOfPost || !(await isReceipt(machine.primitives, round.digest, round.keepers, receipt))) badReceipt();
  return {
    area: holding.area,
    key: toHex(made.place.voter),
    seq: draft.seq,
    digest: toHex(envelopeDigest(made.envelope)),
    receipt: toBase64(encodeReceipt(receipt)),
    sealed: toBase64(made.sealed),
    ephemeral: toHex(made.ephemeral),
  };
}

/** An opened ballot that anybody can check, and that never counts. */
export interface Challenge {
  readonly round: string;
  readonly area: number;
  readonly key: string;
  readonly seq: number;
  /** K. */
  readonly ballotKey: string;
  readonly envelope: string;
}

/** Opens a ballot instead of sending it: its attempt number must never be used again. */
export async function challenge(
  machine: Machine,
  round: DeviceRound,
  seed: Uint8Array,
  holding: Holding,
  draft: Draft,
): Promise<Challenge> {
  const { place, key, envelope } = await seal(machine, round, seed, holding, draft);
  return {
    round: round.id,
    area: place.area,
    key: toHex(place.voter),
    seq: place.seq,
    ballotKey: toHex(key),
    envelope: toBase64(envelope),
  };
}

/** What an opened ballot says, and the digest it must have been announced by. @throws {DeviceFault} `bad_proof` */
export async function readChallenge(
  machine: Machine,
  round: DeviceRound,
  value: unknown,
): Promise<{ readonly digest: string; readonly content: BallotContent }> {
  const given = membersOf(value) as Partial<Record<keyof Challenge, unknown>>;
  const voter = ofHex(given.key, 32);
  const key = ofHex(given.ballotKey, 32);
  const envelope = ofBase64(given.envelope);
  const { area, seq } = given;
  if (given.round !== round.id || !voter || !key || !envelope) throw new DeviceFault("bad_proof");
  try {
    const place = { area: area as number, voter, seq: seq as number };
    const opened = await openWithKey(machine.primitives, round, place, key, envelope);
    if (!opened) throw new DeviceFault("bad_proof");
    return {
      digest: toHex(envelopeDigest(envelope)),
      content: decodeBallot(round.layout, opened.plaintext).content,
    };
  } catch (error) {
    if (error instanceof SealedError) throw new DeviceFault("bad_proof");
    throw error;
  }
}

async function seal(
  machine: Machine,
  round: DeviceRound,
  seed: Uint8Array,
  holding: Holding,
  { seq, attempt, content }: Draft,
): Promise<SealedDraft> {
  if (attempt > MOST_ATTEMPTS) throw new DeviceFault("no_more");
  const { primitives } = machine;
  const secrets = await secretsOf(machine, round, seed, holding);
  requireCredentials(round, secrets, holding);
  const place = { area: holding.area, voter: secrets.key, seq };
  const plaintext = encodeBallot(round.layout, { attempt, content });
  const key = ballotKey(secrets.root, round, place, plaintext);
  const envelope = await sealEnvelope(primitives, round, place, key, plaintext);
  const cast = await signCast(primitives, round, place, secrets.secret, holding.credentials, envelope);
  const inner = encodeCast(round, cast);
  const ephemeral = postEphemeral(secrets.root, inner);
  const sealed = await sealCast(primitives, round, ephemeral, inner);
  const post = await signPost(primitives, round, secrets.postingSecret, holding.postingCredential, sealed);
  return { place, key, envelope, ephemeral, sealed, post: encodePost(round, post) };
}

function readReceipt(bytes: Uint8Array | null): Receipt {
  if (!bytes) badReceipt();
  try {
    return decodeReceipt(bytes);
  } catch (error) {
    if (error instanceof SealedError) badReceipt();
    throw error;
  }
}

function badReceipt(): never {
  throw new DeviceFault("bad_receipt", "relay");
}
