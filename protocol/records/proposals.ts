/** Calls, the proposals made in them, and what people say of those. */
import { z } from "zod";
import { Act, Actor, CentiPoints, Cents, CentsOrZero, Day, Digest, Id, IstatCode } from "../primitives";

const base = { municipality: IstatCode, id: Id };

export const callScopes = ["A", "B", "C", "schools"] as const;

export const Criterion = z.strictObject({ id: Id, weight: z.int().min(1).max(100) });

export const CallRecord = z.strictObject({
  ...base,
  scopes: z.array(z.enum(callScopes)).min(1).max(callScopes.length),
  digest: Digest,
  opensOn: Day,
  closesOn: Day,
  /** Proposals are assessed as they come (*a sportello*), without waiting for the closing. */
  rolling: z.boolean(),
  criteria: z.array(Criterion).min(1).max(20),
  /** Points of 100 that admit. */
  threshold: z.int().min(0).max(100),
  requiredScores: z.int().min(1).max(20),
  maxCostCents: Cents,
  lines: z.array(Id).max(20),
  act: Act,
});

export const proposalStates = [
  "submitted",
  "published",
  "under_assessment",
  "integration_requested",
  "admitted",
  "not_admitted",
  "withdrawn",
  "merged",
  "on_ballot",
  "funded",
  "reserve",
  "co_design",
  "pact_ready",
  "abandoned",
] as const;

/** How many authors of merged proposals one proposal credits, and how many proposals it takes in. */
export const mostCredits = 200;

export const ProposalRecord = z.strictObject({
  ...base,
  call: Id,
  commons: Id,
  subject: Id,
  representative: Id,
  state: z.enum(proposalStates),
  version: z.int().positive(),
  digest: Digest,
  /** Digests of the files' bytes. */
  attachments: z.array(Digest).max(50),
  costCents: Cents,
  submittedOn: Day,
  /** Average score once assessed, hundredths of a point, rounded down. */
  score: CentiPoints.optional(),
  integrationDueOn: Day.optional(),
  round: Id.optional(),
  /** The pact drafted last for it. */
  pact: Id.optional(),
  /** The document co-design ended with. */
  coDesignDocument: Digest.optional(),
  mergedInto: Id.optional(),
  /** The state it was merged from and goes back to where the merge is undone; absent on merges before it was kept. */
  mergedFrom: z.enum(proposalStates).optional(),
  /** Proposals merged into this one and not separated again; absent on merges before it was kept. */
  takenIn: z.array(Id).max(mostCredits).optional(),
  /** Representatives of proposals merged into this one. */
  credits: z.array(Id).max(mostCredits),
  /** Money committed to it and not released, cents; absent on proposals funded before it was kept. */
  committedCents: CentsOrZero.optional(),
  /** What an act allows beyond what was voted, recorded by somebody else than whoever commits the money. */
  beyond: z
    .strictObject({
      costCents: Cents.optional(),
      lines: z.array(Id).max(20),
      beneficiaries: z.array(Id).max(20),
      act: Act,
      by: Actor,
      on: Day,
    })
    .optional(),
  /** Latest act on it (admission, funding, …). */
  act: Act.optional(),
  reasonDigest: Digest.optional(),
});

export const AdhesionRecord = z.strictObject({
  ...base,
  proposal: Id,
  commons: Id,
  person: Id,
  kind: z.enum(["support", "time", "resources"]),
  withdrawn: z.boolean(),
});

export const AssessmentRecord = z.strictObject({
  ...base,
  proposal: Id,
  commons: Id,
  assessor: Id,
  version: z.int().positive(),
  /** Declared a conflict of interest: left out, scores dropped. */
  conflict: z.boolean(),
  scores: z.array(z.strictObject({ criterion: Id, points: CentiPoints })).max(20),
  reasonDigest: Digest.optional(),
});
