/** A ballot over admitted proposals: what is frozen, who may vote, ballots, outcome, objections. */
import { z } from "zod";
import {
  Act,
  Cents,
  CentsOrZero,
  Day,
  Digest,
  Ed25519PublicKey,
  Ed25519Signature,
  Id,
  Instant,
  IstatCode,
  Organisation,
} from "../primitives";

const base = { municipality: IstatCode, id: Id };

export const roundStates = ["frozen", "open", "closed", "counted", "attested", "final"] as const;

export const ballotKinds = ["open"] as const;

export const BallotRules = z.strictObject({
  type: z.enum(["approval", "choice"]),
  least: z.int().min(0),
  most: z.int().min(1),
});

export const RoundProject = z.strictObject({
  /** Number on the ballot, from 1: the identifier of the project in ballots and counting. */
  number: z.int().positive(),
  proposal: Id,
  commons: Id,
  costCents: Cents,
  digest: Digest,
});

export const Outcome = z.strictObject({
  /** SHA-256 of the canonical JSON of everything else here. */
  digest: Digest,
  /** Ballot numbers in the order of selection. */
  selected: z.array(z.int().positive()),
  votes: z.array(z.strictObject({ number: z.int().positive(), votes: z.int().nonnegative() })),
  ballots: z.int().nonnegative(),
  void: z.int().nonnegative(),
  costCents: CentsOrZero,
});

export type Outcome = z.infer<typeof Outcome>;

export const Attestation = z.strictObject({
  organisation: Organisation,
  person: Id,
  digest: Digest,
  on: Day,
});

export const RoundRecord = z.strictObject({
  ...base,
  call: Id,
  state: z.enum(roundStates),
  ballotKind: z.enum(ballotKinds),
  ballot: BallotRules,
  /** Canonical JSON of the allocation rule with its parameters and the version of its code. */
  rule: z.string().max(20_000),
  projects: z.array(RoundProject).min(1).max(500),
  budgetCents: Cents,
  rollSize: z.int().positive(),
  /** Salted Merkle root of the roll. */
  rollRoot: Digest,
  textsDigest: Digest,
  /** SHA-256 of the canonical JSON of everything frozen. */
  frozenDigest: Digest,
  opensOn: Day,
  closesAt: Instant,
  requiredAttestations: z.int().min(1).max(3),
  objectionDays: z.int().min(0).max(90),
  outcome: Outcome.optional(),
  attestations: z.array(Attestation),
  attestedOn: Day.optional(),
  openObjections: z.int().nonnegative(),
  act: Act.optional(),
  /** A round rebuilt from published totals, said so wherever it is shown. */
  reconstruction: z.boolean(),
});

/** Key `(municipality, "admission", round, publicKey)`; its slot `(…, "slot", round, n)` keeps keys within the roll. */
export const AdmissionRecord = z.strictObject({
  municipality: IstatCode,
  round: Id,
  key: Ed25519PublicKey,
  slot: z.int().positive(),
});

/** Key `(municipality, "ballot", round, publicKey, seq as 6 digits)`. The highest `seq` of a key stands. */
export const BallotRecord = z.strictObject({
  municipality: IstatCode,
  round: Id,
  key: Ed25519PublicKey,
  seq: z.int().min(1).max(999_999),
  choices: z.array(z.int().positive()).max(500),
  signature: Ed25519Signature,
});

export const ObjectionRecord = z.strictObject({
  ...base,
  round: Id,
  person: Id,
  digest: Digest,
  raisedOn: Day,
  decision: z.strictObject({ upheld: z.boolean(), digest: Digest, on: Day }).optional(),
});
