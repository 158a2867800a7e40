/**
 * The records the chaincode keeps, one per state key. The key is the composite key
 * `(municipality, type, ...id parts)`; every record carries its municipality and id.
 * Nothing personal is here: people are random identifiers, texts are salted digests.
 */
import { z } from "zod";
import {
  Act,
  Actor,
  CentiPoints,
  Cents,
  CentsOrZero,
  Day,
  Digest,
  Ed25519PublicKey,
  Ed25519Signature,
  Id,
  Instant,
  IstatCode,
  Label,
  Organisation,
} from "./primitives";

const base = { municipality: IstatCode, id: Id };

export const Settings = z.strictObject({
  /** Least age to take part, years. */
  leastAge: z.int().min(0).max(120),
  /** Longest term of a pact, years. */
  longestPactYears: z.int().min(1).max(99),
  /** Days between the verification of a milestone and its acceptance. */
  challengeDays: z.int().min(0).max(90),
  /** Contributions above this need the published row of art. 26–27 D.Lgs. 33/2013, cents. */
  publishGrantsAboveCents: CentsOrZero,
  /** Works and supplies need a CIG. */
  cigRequired: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;

export const MunicipalityRecord = z.strictObject({
  municipality: IstatCode,
  id: IstatCode,
  name: Label,
  /** Which body stands for the Case network here. */
  casaBody: Label,
  settings: Settings,
});

export const DayRecord = z.strictObject({ municipality: IstatCode, id: z.literal("day"), day: Day });

/** A registrar's public key (SPKI DER, base64), taken from the certificate that registered it. */
export const SigningKeyRecord = z.strictObject({
  ...base,
  organisation: Organisation,
  person: Id,
  publicKey: z.string(),
  withdrawn: z.boolean(),
});

export const subjectKinds = [
  "person",
  "informal_group",
  "association",
  "third_sector",
  "school",
  "company",
] as const;
export const SubjectRecord = z.strictObject({
  ...base,
  kind: z.enum(subjectKinds),
  /** Who signs for it; a payee registered by an officer has nobody here. */
  representative: Id.optional(),
  digest: Digest,
  /** Set by an officer: may receive contributions. */
  eligible: z.boolean(),
  /** The act that recognised it as eligible. */
  act: Act.optional(),
});

export const commonsKinds = ["building", "green_area", "square", "school", "immaterial"] as const;
export const CommonsRecord = z.strictObject({ ...base, kind: z.enum(commonsKinds), digest: Digest });

export const callScopes = ["A", "B", "C", "schools"] as const;
export const Criterion = z.strictObject({ id: Id, weight: z.int().min(1).max(100) });
export const CallRecord = z.strictObject({
  ...base,
  scopes: z.array(z.enum(callScopes)).min(1),
  digest: Digest,
  opensOn: Day,
  closesOn: Day,
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
  /** Representatives of proposals merged into this one. */
  credits: z.array(Id),
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
  scores: z.array(z.strictObject({ criterion: Id, points: CentiPoints })),
  reasonDigest: Digest.optional(),
});

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

export const pactForms = [
  "ordinary",
  "complex",
  "civic_collective_use",
  "civic_collective_management",
  "foundation",
] as const;
export const pactStates = [
  "draft",
  "district_approved",
  "noted_by_giunta",
  "giunta_approved",
  "signed",
  "active",
  "suspended",
  "expired",
  "renewed",
  "terminated",
] as const;
/** A party signs by its person: a subject's representative, or an official of an organisation. */
export const Party = z.strictObject({
  id: Id,
  subject: Id.optional(),
  organisation: Organisation.optional(),
});
export const Signature = z.strictObject({ party: Id, person: Id, version: z.int().positive(), on: Day });
export const PactRecord = z.strictObject({
  ...base,
  proposal: Id,
  commons: Id,
  form: z.enum(pactForms),
  state: z.enum(pactStates),
  version: z.int().positive(),
  /** SHA-256 of the bytes of the PDF of this version. */
  documentHash: Digest,
  parties: z.array(Party).min(2).max(20),
  signatures: z.array(Signature),
  startsOn: Day,
  endsOn: Day,
  districtAct: Act.optional(),
  giuntaAct: Act.optional(),
  insurance: z.strictObject({ documentHash: Digest, validUntil: Day }).optional(),
  safetyBriefing: z.strictObject({ documentHash: Digest, heldOn: Day }).optional(),
  reasonDigest: Digest.optional(),
  renews: Id.optional(),
});

/** Key `(municipality, "pact_version", pact, version as 4 digits)`: what one version said, kept for good. */
export const PactVersionRecord = z.strictObject({
  municipality: IstatCode,
  pact: Id,
  commons: Id,
  version: z.int().positive(),
  documentHash: Digest,
  parties: z.array(Party).min(2).max(20),
  startsOn: Day,
  endsOn: Day,
  draftedBy: Actor,
  draftedOn: Day,
});

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

export const DocumentRecord = z.strictObject({
  ...base,
  commons: Id.optional(),
  kind: z.enum(["act", "minutes", "estimate", "photograph", "insurance", "safety", "other"]),
  hash: Digest,
  recordedOn: Day,
  /** The document this one corrects. */
  corrects: Id.optional(),
});

export const records = {
  municipality: MunicipalityRecord,
  day: DayRecord,
  signing_key: SigningKeyRecord,
  subject: SubjectRecord,
  commons: CommonsRecord,
  call: CallRecord,
  proposal: ProposalRecord,
  adhesion: AdhesionRecord,
  assessment: AssessmentRecord,
  round: RoundRecord,
  admission: AdmissionRecord,
  ballot: BallotRecord,
  objection: ObjectionRecord,
  pact: PactRecord,
  pact_version: PactVersionRecord,
  budget_line: BudgetLineRecord,
  commitment: CommitmentRecord,
  milestone: MilestoneRecord,
  payment: PaymentRecord,
  report: ReportRecord,
  document: DocumentRecord,
} as const;
export type RecordType = keyof typeof records;
export type RecordOf<T extends RecordType> = z.infer<(typeof records)[T]>;
