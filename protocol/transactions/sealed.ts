/** Sealed ballots: announcing, offering keys, casting, listing, publishing and releasing. Their round is frozen by `rounds:freeze`. */
import { z } from "zod";
import { Act, Day, Digest, Ed25519PublicKey, Ed25519Signature, Id, Instant } from "../primitives";
import {
  AreaNumber,
  atOnce,
  District,
  Envelope,
  MOST_DISTRICTS,
  RsaBytes,
  Seq,
  sealingTerms,
  X25519PublicKey,
} from "../records/sealed";
import { define, input, officer } from "./definition";

const trustee = ["responsible_officer", "coordinator", "guarantor"] as const;
const casting = ["casting_service"] as const;
const issuing = ["registrar"] as const;
/** Steps that say nothing of their own: whichever program comes first takes them. */
const carrying = ["casting_service", "service"] as const;

/** A number of people in whole steps of 20. */
const InSteps = z.int().nonnegative().multipleOf(20);

export const sealedTransactions = {
  /** Begins to gather the keys of a round to be. Areas with few places are joined and numbered from 1. */
  "sealed:announce": define(
    officer,
    input({
      id: Id,
      call: Id,
      areas: z.array(District).min(1).max(MOST_DISTRICTS),
      ...sealingTerms,
    }),
  ),
  /** The number of the issuer follows from the organisation. Each key once. */
  "sealed:offerKeys": define(
    issuing,
    input({
      round: Id,
      keys: z.array(z.strictObject({ area: AreaNumber, modulus: RsaBytes })).max(atOnce.keys),
      posting: RsaBytes.optional(),
      tieCommitment: Digest.optional(),
    }),
  ),
  /** Ed25519 of the relay (Comune) or the copy-keeper (Case), X25519 of the opener (Garanti). */
  "sealed:offerServiceKey": define(casting, input({ round: Id, key: Ed25519PublicKey })),
  "sealed:offerTrusteeKey": define(trustee, input({ round: Id, key: X25519PublicKey })),
  /** The number behind an issuer's commitment, once all three have committed. */
  "sealed:revealTie": define(issuing, input({ round: Id, reveal: z.string().regex(/^[0-9a-f]{64}$/) })),
  /** Once a day and issuer; counts since the announcement, which never fall. */
  "sealed:reportIssued": define(
    issuing,
    input({
      round: Id,
      day: Day,
      issued: z.array(z.strictObject({ area: AreaNumber, count: InSteps })).max(MOST_DISTRICTS),
      refused: InSteps,
      waiting: InSteps,
      paper: InSteps,
      root: Digest,
    }),
  ),
  /**
   * Records ballots of one area, each of another key. Their envelopes are in the transient field `envelopes`, a JSON array
   * of base64 in the same order. A ballot with a fault is named in the result; until the end of the reception the others
   * must still be of as many keys as a group has.
   */
  "sealed:cast": define(
    casting,
    input({
      round: Id,
      area: AreaNumber,
      ballots: z
        .array(
          z.strictObject({
            key: Ed25519PublicKey,
            seq: Seq,
            digest: Digest,
            signature: Ed25519Signature,
            credentials: z.tuple([RsaBytes, RsaBytes, RsaBytes]),
          }),
        )
        .min(1)
        .max(atOnce.ballots),
    }),
  ),
  /** What relay and copy-keeper both hold after the closing instant, each signing `receptionEndMessage`. */
  "sealed:endReception": define(
    casting,
    input({
      round: Id,
      count: z.int().nonnegative(),
      order: Digest,
      relaySignature: Ed25519Signature,
      copyKeeperSignature: Ed25519Signature,
    }),
  ),
  /** Gives a later closing instant, once, while the vote is open. */
  "sealed:prolong": define(
    ["guarantor"],
    input({ round: Id, closesAt: Instant, act: Act, reasonDigest: Digest }),
  ),
  /** Puts the next ballots that stand on the list; the last one writes its root. */
  "sealed:list": define(carrying, input({ round: Id })),
  /** Takes the next superseded envelopes out of the private collection. */
  "sealed:purge": define(carrying, input({ round: Id })),
  "sealed:publish": define(
    casting,
    input({
      round: Id,
      envelopes: z
        .array(z.strictObject({ area: AreaNumber, key: Ed25519PublicKey, seq: Seq, envelope: Envelope }))
        .min(1)
        .max(atOnce.published),
    }),
  ),
  /** Once every final envelope of the opened areas is there, or the days for it are over. */
  "sealed:completePublication": define(carrying, input({ round: Id })),
  /** A trustee's secret key, for everybody. */
  "sealed:release": define(trustee, input({ round: Id, secret: z.string().regex(/^[0-9a-f]{64}$/) })),
} as const;
