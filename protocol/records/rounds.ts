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

export const roundStates = ["frozen", "open", "closed", "counted", "attested", "final", "annulled"] as const;

export const ballotKinds = ["open", "sealed"] as const;

export const ballotTypes = ["approval", "choice", "knapsack", "ranking", "points"] as const;

/** The most points of one project, and of one ballot. */
export const mostPoints = { each: 100, total: 10_000 } as const;

export const BallotRules = z.strictObject({
  type: z.enum(ballotTypes),
  least: z.int().min(0),
  most: z.int().min(1),
  /** Of a knapsack ballot: what its projects may cost together. */
  mostCents: Cents.optional(),
  /** Of a points ballot, whole points: at most so many for one project, and for all together. */
  points: z
    .strictObject({ each: z.int().min(1).max(mostPoints.each), total: z.int().min(1).max(mostPoints.total) })
    .optional(),
  /** Of some projects, such as those of a district, at most so many. */
  groups: z
    .array(z.strictObject({ numbers: z.array(z.int().positive()).min(1).max(500), most: z.int().min(1) }))
    .min(1)
    .max(50)
    .optional(),
});

export type BallotRules = z.infer<typeof BallotRules>;

/** What a voter chooses: numbers on the ballot, on rankings from the most wanted down. */
export const Choices = {
  choices: z.array(z.int().positive()).max(500),
  /** On points ballots the points of each choice, in the same order; on no other. */
  points: z.array(z.int().min(1).max(mostPoints.each)).max(500).optional(),
};

/** How many proposals one transaction puts on a ballot or takes off it. */
export const placedAtOnce = 50;

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
  selected: z.array(z.int().positive()).max(500),
  votes: z.array(z.strictObject({ number: z.int().positive(), votes: z.int().nonnegative() })).max(500),
  ballots: z.int().nonnegative(),
  void: z.int().nonnegative(),
  /** Sealed ballots of areas with too few to be opened: as if not cast. */
  unopened: z.int().positive().optional(),
  costCents: CentsOrZero,
});

export type Outcome = z.infer<typeof Outcome>;

export const Attestation = z.strictObject({
  organisation: Organisation,
  person: Id,
  digest: Digest,
  on: Day,
});

/** Admitted proposals of the call that an act leaves off the ballot. They stay admitted. */
export const Exclusion = z.strictObject({
  proposals: z.array(Id).min(1).max(500),
  act: Act,
  reasonDigest: Digest,
});

/**
 * How the order among equals is drawn: whoever freezes commits to a number, another organisation adds one that it
 * chose without knowing the first, and opening reveals the first.
 */
export const Draw = z.strictObject({
  /** SHA-256 of the number of whoever froze, as hexadecimal text. */
  commitment: Digest,
  contribution: Digest.optional(),
  organisation: Organisation.optional(),
  /** Of both numbers and everything frozen; the order follows from it (`drawnOrder`). */
  seed: Digest.optional(),
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
  /** Least days between the opening and the last day of the vote. */
  votingDays: z.int().min(0).max(365).optional(),
  /** Least age of those who vote, years. */
  leastAge: z.int().min(0).max(120).optional(),
  /** How equal projects are told apart; rounds of the first version had the order of their numbers. */
  ties: z.literal("cost, votes, draw").optional(),
  exclusion: Exclusion.optional(),
  /** Who froze it. */
  frozenBy: z.strictObject({ organisation: Organisation, person: Id }).optional(),
  draw: Draw.optional(),
  /** The later closing instant that the guarantors have given a vote with sealed ballots (`closingOf`). */
  prolongedTo: Instant.optional(),
  /** SHA-256 of `sealingText` as it was frozen, of a round with sealed ballots. */
  sealing: Digest.optional(),
  /** How many times it has been counted. */
  counts: z.int().nonnegative().optional(),
  outcome: Outcome.optional(),
  attestations: z.array(Attestation).max(3),
  attestedOn: Day.optional(),
  /** Objections of the first version that nobody has decided; later ones are found by their own keys. */
  openObjections: z.int().nonnegative(),
  act: Act.optional(),
  /** Why it was annulled. */
  reasonDigest: Digest.optional(),
  /** A round rebuilt from published totals, said so wherever it is shown. */
  reconstruction: z.boolean(),
});

/** When a round closes: as it was frozen, or later where the guarantors have prolonged it. */
export function closingOf({
  closesAt,
  prolongedTo,
}: Pick<z.infer<typeof RoundRecord>, "closesAt" | "prolongedTo">): string {
  return prolongedTo ?? closesAt;
}

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
  ...Choices,
  signature: Ed25519Signature,
});

export const ObjectionRecord = z.strictObject({
  ...base,
  round: Id,
  person: Id,
  digest: Digest,
  raisedOn: Day,
  /** The count it is against: 1 for the first. */
  count: z.int().positive().optional(),
  decision: z.strictObject({ upheld: z.boolean(), digest: Digest, on: Day }).optional(),
});
