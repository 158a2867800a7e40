/** From a budget line to a payment. Amounts are integer cents. */
import { z } from "zod";
import { Act, Actor, Cents, CentsOrZero, Day, Digest, Id, IstatCode, Label } from "../primitives";

const base = { municipality: IstatCode, id: Id };

export const BudgetLineRecord = z.strictObject({
  ...base,
  fund: Label,
  name: Label,
  year: z.int().min(2000).max(2100),
  kind: z.enum(["investment", "current"]),
  budgetCents: Cents,
  committedCents: CentsOrZero,
  acceptedCents: CentsOrZero,
  /** Paid and not recovered, cents. */
  paidCents: CentsOrZero,
  act: Act,
  /** Invented figures of the demonstration, marked wherever they are shown. */
  fictional: z.boolean(),
});

export const paymentTypes = ["direct_works", "goods", "contribution"] as const;

export const CommitmentRecord = z.strictObject({
  ...base,
  line: Id,
  proposal: Id,
  commons: Id,
  pact: Id,
  beneficiary: Id,
  payee: Id,
  type: z.enum(paymentTypes),
  amountCents: Cents,
  committedOn: Day,
  acceptedCents: CentsOrZero,
  /** Paid and not recovered, cents. */
  paidCents: CentsOrZero,
  /** Sum of what its milestones can still be or have been accepted for, cents. */
  plannedCents: CentsOrZero,
  milestones: z.array(Id),
  reports: z.array(Id),
  cup: z.string().optional(),
  cig: z.string().optional(),
  act: Act,
  grantAct: Act.optional(),
  publication: z.strictObject({ digest: Digest, on: Day }).optional(),
  fictional: z.boolean(),
});

export const milestoneStates = [
  "planned",
  "evidence_submitted",
  "verified",
  "accepted",
  "partially_accepted",
  "rejected",
] as const;

export const MilestoneRecord = z.strictObject({
  ...base,
  commitment: Id,
  line: Id,
  commons: Id,
  number: z.int().positive(),
  dueOn: Day,
  amountCents: Cents,
  digest: Digest,
  state: z.enum(milestoneStates),
  evidence: z.array(Digest),
  submittedBy: Actor.optional(),
  submittedOn: Day.optional(),
  verifiedBy: Actor.optional(),
  verifiedOn: Day.optional(),
  /** The verifier's report. */
  verificationReport: Digest.optional(),
  acceptedBy: Actor.optional(),
  acceptedOn: Day.optional(),
  acceptedCents: CentsOrZero,
  /** Sum of payments asked for and not returned, net of reductions, cents. */
  requestedCents: CentsOrZero,
  reasonDigest: Digest.optional(),
});

export const paymentStates = ["requested", "checked", "liquidated", "ordered", "paid", "returned"] as const;

export const PaymentRecord = z.strictObject({
  ...base,
  milestone: Id,
  commitment: Id,
  line: Id,
  commons: Id,
  payee: Id,
  /** What is to be paid: asked for, less the reductions, cents. */
  amountCents: Cents,
  state: z.enum(paymentStates),
  requestedBy: Actor,
  requestedOn: Day,
  checkedBy: Actor.optional(),
  liquidatedBy: Actor.optional(),
  liquidationAct: Act.optional(),
  orderedBy: Actor.optional(),
  orderNumber: z.string().optional(),
  orderedOn: Day.optional(),
  /** Treasury's outcome: its reference and the day the money moved. */
  outcome: z
    .strictObject({ reference: z.string(), on: Day, documentHash: Digest, recordedBy: Actor })
    .optional(),
  reductions: z.array(z.strictObject({ amountCents: Cents, reasonDigest: Digest, by: Actor, on: Day })),
  recoveries: z.array(
    z.strictObject({
      amountCents: Cents,
      reference: z.string(),
      documentHash: Digest,
      recordedBy: Actor,
      on: Day,
    }),
  ),
  /** Sum of the recoveries after payment, cents. */
  recoveredCents: CentsOrZero,
});

export const ReportRecord = z.strictObject({
  ...base,
  commitment: Id,
  commons: Id,
  kind: z.enum(["annual", "final"]),
  dueOn: Day,
  submittedOn: Day.optional(),
  digest: Digest.optional(),
});
