/** Ballots: freezing, admitting, casting, closing, counting, attesting, objecting. */
import { z } from "zod";
import {
  Act,
  Base64,
  Cents,
  Day,
  Digest,
  Ed25519PublicKey,
  Ed25519Signature,
  Id,
  Instant,
} from "../primitives";
import { BallotRules, ballotKinds, Choices, Exclusion, Outcome, RoundProject } from "../records/rounds";
import { define, input, officer } from "./definition";

export const roundsTransactions = {
  "rounds:freeze": define(
    officer,
    input({
      id: Id,
      call: Id,
      ballotKind: z.enum(ballotKinds),
      ballot: BallotRules,
      rule: z.string().max(20_000),
      projects: z.array(RoundProject).min(1).max(500),
      budgetCents: Cents,
      rollSize: z.int().positive(),
      rollRoot: Digest,
      textsDigest: Digest,
      opensOn: Day,
      closesAt: Instant,
      requiredAttestations: z.int().min(2).max(3),
      objectionDays: z.int().min(0).max(90),
      reconstruction: z.boolean(),
      exclusion: Exclusion.optional(),
      /** Of an open ballot; the issuers of a sealed one have drawn before. */
      drawCommitment: Digest.optional(),
    }),
  ),
  /** Puts the next proposals of a long ballot on it; freezing has put the first ones (`placedAtOnce`). */
  "rounds:place": define([...officer, "service"], input({ id: Id })),
  /** Another organisation than the one that froze adds its number to the draw. */
  "rounds:draw": define(["service"], input({ id: Id, contribution: Digest })),
  /** `reveal` is the number of which freezing recorded the digest; a sealed round has none. */
  "rounds:open": define(officer, input({ id: Id, reveal: Digest.optional() })),
  /**
   * Admits keys to a round. Submitted by one registrar and co-signed by a registrar of another organisation:
   * `cosignature` is a DER ECDSA-SHA256 signature (base64) over `admissionBytes` made with the key registered
   * as `cosigner`. Slots are random and say nothing of the person.
   */
  "rounds:admit": define(
    ["registrar"],
    input({
      round: Id,
      admissions: z
        .array(z.strictObject({ slot: z.int().positive(), key: Ed25519PublicKey }))
        .min(1)
        .max(200),
      cosigner: Id,
      cosignature: Base64(200),
    }),
  ),
  /**
   * Casts open ballots, each signed by its own admitted key over `openBallotBytes`. One bad ballot does not sink
   * the others: the result lists each with its code; the transaction is refused only when none is accepted.
   */
  "rounds:cast": define(
    ["casting_service"],
    input({
      round: Id,
      ballots: z
        .array(
          z.strictObject({
            key: Ed25519PublicKey,
            seq: z.int().min(1).max(999_999),
            ...Choices,
            signature: Ed25519Signature,
          }),
        )
        .min(1)
        .max(200),
    }),
  ),
  "rounds:close": define(["responsible_officer", "guarantor", "service"], input({ id: Id })),
  "rounds:count": define(officer, input({ id: Id, outcome: Outcome })),
  "rounds:attest": define(
    ["responsible_officer", "coordinator", "guarantor"],
    input({ id: Id, digest: Digest }),
  ),
  "rounds:object": define(["resident"], input({ id: Id, round: Id, digest: Digest })),
  "rounds:decideObjection": define(["guarantor"], input({ id: Id, upheld: z.boolean(), digest: Digest })),
  "rounds:finalise": define(["responsible_officer", "guarantor"], input({ id: Id, act: Act })),
  /** Ends a round without a result; its proposals wait for another one. */
  "rounds:annul": define(["guarantor"], input({ id: Id, act: Act, reasonDigest: Digest })),
  /** Takes the next proposals of an annulled long ballot off it; annulling has taken the last ones. */
  "rounds:release": define(["guarantor", "responsible_officer", "service"], input({ id: Id })),
} as const;
