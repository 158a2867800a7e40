/** From a budget line to a payment. Amounts are integer cents. */
import { z } from "zod";
import type { ErrorParams } from "../errors";
import {
  Act,
  Actor,
  BodyCode,
  Cents,
  CentsOrZero,
  Day,
  Digest,
  Id,
  IstatCode,
  Label,
  Year,
} from "../primitives";

const base = { municipality: IstatCode, id: Id };

/** What one commitment or payment can hold: beyond it there is a mistake, and records stay small. */
export const MOST_MILESTONES = 200;
export const MOST_REPORTS = 60;
export const MOST_ENTRIES = 100;

/** An act of *riaccertamento*: who carried what over, and when. */
const carrying = { line: Id, commitment: Id, act: Act, by: Actor, on: Day };

export const BudgetLineRecord = z.strictObject({
  ...base,
  fund: Label,
  name: Label,
  year: Year,
  kind: z.enum(["investment", "current"]),
  budgetCents: CentsOrZero,
  committedCents: CentsOrZero,
  acceptedCents: CentsOrZero,
  /** Paid and not recovered, cents. */
  paidCents: CentsOrZero,
  /** Committed on lines of earlier years, carried over to this one with the budget for it and not released, cents. */
  carriedInCents: CentsOrZero.default(0),
  /** Carried over from this line to a later year, and no longer part of its sums, cents. */
  carriedOutCents: CentsOrZero.default(0),
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
  /** The payee's tax code when this was committed, by which grants are added up. */
  payeeCode: BodyCode.optional(),
  type: z.enum(paymentTypes),
  /** What is committed, less the releases, cents. */
  amountCents: CentsOrZero,
  committedOn: Day,
  acceptedCents: CentsOrZero,
  /** Paid and not recovered, cents. */
  paidCents: CentsOrZero,
  /** Sum of what its milestones can still be or have been accepted for, cents. */
  plannedCents: CentsOrZero,
  /** Money given back to the line, each time by an act. */
  releases: z
    .array(
      z.strictObject({
        amountCents: Cents,
        milestone: Id.optional(),
        act: Act,
        reasonDigest: Digest,
        by: Actor,
        on: Day,
      }),
    )
    .max(MOST_ENTRIES)
    .default([]),
  /** The commitment and line of an earlier year from which this one was carried over. */
  carriedFrom: z.strictObject(carrying).optional(),
  /** What was carried over to commitments on lines of later years, and is no longer part of this one. */
  carries: z
    .array(z.strictObject({ ...carrying, amountCents: Cents }))
    .max(MOST_ENTRIES)
    .default([]),
  /** The highest number that a milestone was given here or where this was carried over from; otherwise how many there are. */
  lastNumber: z.int().nonnegative().optional(),
  milestones: z.array(Id).max(MOST_MILESTONES),
  reports: z.array(Id).max(MOST_REPORTS),
  cup: z.string().max(15).optional(),
  cig: z.string().max(10).optional(),
  /** The year's total to one body above which it is published, as it stood when this was committed, cents. */
  publishAboveCents: CentsOrZero.optional(),
  /** The act by which money accepted under a pact that has ended may still be paid. */
  settlement: z.strictObject({ act: Act, by: Actor, on: Day }).optional(),
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
  "cancelled",
] as const;

/** Most objections to one verification. */
export const MOST_OBJECTIONS = 50;

/** What somebody has against a verification, and what a guarantor said to it; the words are in the database. */
export const MilestoneObjection = z.strictObject({
  id: Id,
  person: Id,
  digest: Digest,
  raisedOn: Day,
  decision: z.strictObject({ upheld: z.boolean(), digest: Digest, by: Actor, on: Day }).optional(),
});

/** Objections that wait for the guarantors: none once the milestone was decided on. */
export function openObjectionsTo(milestone: {
  state: string;
  objections?: readonly z.infer<typeof MilestoneObjection>[] | undefined;
}): z.infer<typeof MilestoneObjection>[] {
  if (milestone.state !== "verified") return [];
  return (milestone.objections ?? []).filter(({ decision }) => !decision);
}

/** What is objected to is decided before the work is accepted, and where nothing is there is nothing to decide. */
export function isInTurn(transaction: string, isObjectedTo: boolean): boolean {
  return transaction !== (isObjectedTo ? "milestones:accept" : "milestones:decideObjection");
}

/** What keeps a person from objecting to a verification: they have done so already, or as many have as the record holds. */
export function barToObjecting(
  { objections = [] }: { objections?: readonly z.infer<typeof MilestoneObjection>[] | undefined },
  person: string,
): { code: "already_exists" | "too_many"; params: ErrorParams } | undefined {
  const own = objections.find((one) => one.person === person);
  if (own) return { code: "already_exists", params: { type: "objection", id: own.id } };
  if (objections.length < MOST_OBJECTIONS) return undefined;
  return { code: "too_many", params: { limit: MOST_OBJECTIONS } };
}

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
  evidence: z.array(Digest).max(50),
  submittedBy: Actor.optional(),
  submittedOn: Day.optional(),
  /** Before whom the evidence was signed on paper, where it was: first and second witness. */
  witnesses: z.array(Actor).max(2).optional(),
  verifiedBy: Actor.optional(),
  verifiedOn: Day.optional(),
  /** The verifier's report. */
  verificationReport: Digest.optional(),
  /** First day on which it can be accepted, fixed when it was verified. */
  acceptableFrom: Day.optional(),
  /** Who of another organisation looked at the work as well. */
  countersigned: z.strictObject({ reportHash: Digest, by: Actor, on: Day }).optional(),
  /** To the verification that it has, or to the last one, which was set aside, until there is another. */
  objections: z.array(MilestoneObjection).max(MOST_OBJECTIONS).optional(),
  acceptedBy: Actor.optional(),
  acceptedOn: Day.optional(),
  acceptedCents: CentsOrZero,
  /** The act that cancelled it before it was verified. */
  cancelledBy: Act.optional(),
  /** Sum of payments asked for and neither refused nor returned, net of reductions and recoveries, cents. */
  requestedCents: CentsOrZero,
  reasonDigest: Digest.optional(),
});

export const paymentStates = [
  "requested",
  "checked",
  "liquidated",
  "ordered",
  "paid",
  "returned",
  "refused",
] as const;

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
  checkedOn: Day.optional(),
  liquidatedBy: Actor.optional(),
  liquidationAct: Act.optional(),
  orderedBy: Actor.optional(),
  orderNumber: z.string().max(40).optional(),
  orderedOn: Day.optional(),
  /** Treasury's outcome: its reference and the day the money moved. */
  outcome: z
    .strictObject({ reference: z.string().max(80), on: Day, documentHash: Digest, recordedBy: Actor })
    .optional(),
  reductions: z
    .array(z.strictObject({ amountCents: Cents, reasonDigest: Digest, by: Actor, on: Day }))
    .max(MOST_ENTRIES),
  recoveries: z
    .array(
      z.strictObject({
        amountCents: Cents,
        reference: z.string().max(80),
        documentHash: Digest,
        recordedBy: Actor,
        on: Day,
      }),
    )
    .max(MOST_ENTRIES),
  /** Why it was refused before it was ordered. */
  refusal: z.strictObject({ reasonDigest: Digest, by: Actor, on: Day }).optional(),
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
