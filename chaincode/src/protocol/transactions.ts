/**
 * Every transaction of the chaincode: its name, the schema of its one argument (JSON) and the roles that may
 * submit it. The name is `contract:function`. `command` makes sending twice harmless: the second is refused
 * with `already_done` and the id of the first transaction.
 */
import { z } from "zod";
import {
  Act,
  Base64,
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
  Reference,
  type Role,
} from "./primitives";
import {
  BallotRules,
  CallRecord,
  Criterion,
  commonsKinds,
  DocumentRecord,
  Outcome,
  Party,
  pactForms,
  paymentTypes,
  type RecordType,
  RoundProject,
  records,
  Settings,
  subjectKinds,
} from "./records";

/** Sent with every transaction. `command` is a UUID chosen once for one intention of one person. */
export const Envelope = { command: z.uuid(), municipality: IstatCode };

const input = <T extends z.ZodRawShape>(shape: T) => z.strictObject({ ...Envelope, ...shape });
const define = <T extends z.ZodType>(roles: readonly Role[], schema: T) => ({ roles, input: schema });

const anyOrganisationRole = ["administrator", "service"] as const;
const officer = ["responsible_officer"] as const;

export const transactions = {
  // Municipality
  "municipality:register": define(
    ["administrator"],
    input({ name: Label, casaBody: Label, settings: Settings, day: Day }),
  ),
  "municipality:changeSettings": define(["administrator"], input({ settings: Settings, act: Act })),
  "municipality:advanceDay": define(anyOrganisationRole, input({ day: Day })),
  /** Registers the public key of the submitting certificate for co-signing admissions. */
  "municipality:registerSigningKey": define(["registrar"], input({ id: Id, publicKey: Base64 })),
  "municipality:withdrawSigningKey": define(["registrar", "administrator"], input({ id: Id })),

  // Subjects, commons, documents
  "subjects:register": define(["resident"], input({ id: Id, kind: z.enum(subjectKinds), digest: Digest })),
  "subjects:registerPayee": define(officer, input({ id: Id, kind: z.enum(subjectKinds), digest: Digest })),
  "subjects:recogniseEligibility": define(officer, input({ id: Id, act: Act })),
  "commons:register": define(
    ["resident", "coordinator", "responsible_officer", "administrator"],
    input({ id: Id, kind: z.enum(commonsKinds), digest: Digest }),
  ),
  "documents:record": define(
    [
      "resident",
      "coordinator",
      "technical_office",
      "district_council",
      "giunta",
      "responsible_officer",
      "treasurer",
      "guarantor",
    ],
    input({
      id: Id,
      commons: Id.optional(),
      kind: DocumentRecord.shape.kind,
      hash: Digest,
      corrects: Id.optional(),
    }),
  ),

  // Calls
  "calls:publish": define(
    officer,
    input({
      id: Id,
      scopes: CallRecord.shape.scopes,
      digest: Digest,
      opensOn: Day,
      closesOn: Day,
      criteria: z.array(Criterion).min(1).max(20),
      threshold: z.int().min(0).max(100),
      requiredScores: z.int().min(1).max(20),
      maxCostCents: Cents,
      lines: z.array(Id).max(20),
      act: Act,
    }),
  ),
  "calls:extend": define(officer, input({ id: Id, closesOn: Day, act: Act })),

  // Proposals
  "proposals:submit": define(
    ["resident"],
    input({
      id: Id,
      call: Id,
      commons: Id,
      /** Given when the commons is named here for the first time. */
      newCommons: z.strictObject({ kind: z.enum(commonsKinds), digest: Digest }).optional(),
      subject: Id,
      digest: Digest,
      attachments: z.array(Digest).max(50),
      costCents: Cents,
    }),
  ),
  "proposals:publish": define(officer, input({ id: Id })),
  "proposals:withdraw": define(["resident"], input({ id: Id })),
  "proposals:merge": define(officer, input({ id: Id, into: Id, act: Act })),
  "proposals:adhere": define(
    ["resident"],
    input({ id: Id, proposal: Id, kind: z.enum(["support", "time", "resources"]) }),
  ),
  "proposals:withdrawAdhesion": define(["resident"], input({ proposal: Id })),
  "proposals:startAssessment": define(officer, input({ id: Id })),
  "proposals:requestIntegration": define(
    ["responsible_officer", "technical_office"],
    input({ id: Id, reasonDigest: Digest, dueOn: Day }),
  ),
  "proposals:integrate": define(
    ["resident"],
    input({ id: Id, digest: Digest, attachments: z.array(Digest).max(50), costCents: Cents }),
  ),
  "proposals:declareConflict": define(["assessor"], input({ proposal: Id, reasonDigest: Digest })),
  "proposals:score": define(
    ["assessor"],
    input({
      proposal: Id,
      scores: z
        .array(z.strictObject({ criterion: Id, points: CentiPoints }))
        .min(1)
        .max(20),
      reasonDigest: Digest,
    }),
  ),
  "proposals:admit": define(officer, input({ id: Id, act: Act })),
  "proposals:reject": define(officer, input({ id: Id, act: Act, reasonDigest: Digest })),
  "proposals:fund": define(["giunta", "responsible_officer"], input({ id: Id, round: Id, act: Act })),
  "proposals:reserve": define(["giunta", "responsible_officer"], input({ id: Id, round: Id, act: Act })),
  "proposals:startCoDesign": define(["coordinator"], input({ id: Id })),
  "proposals:readyForPact": define(["coordinator"], input({ id: Id, documentHash: Digest })),
  "proposals:abandon": define(
    ["coordinator", "responsible_officer"],
    input({ id: Id, reasonDigest: Digest }),
  ),

  // Rounds
  "rounds:freeze": define(
    officer,
    input({
      id: Id,
      call: Id,
      ballotKind: z.enum(["open"]),
      ballot: BallotRules,
      rule: z.string().max(20_000),
      projects: z.array(RoundProject).min(1).max(500),
      budgetCents: Cents,
      rollSize: z.int().positive(),
      rollRoot: Digest,
      textsDigest: Digest,
      opensOn: Day,
      closesAt: Instant,
      requiredAttestations: z.int().min(1).max(3),
      objectionDays: z.int().min(0).max(90),
      reconstruction: z.boolean(),
    }),
  ),
  "rounds:open": define(officer, input({ id: Id })),
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
      cosignature: Base64,
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
            choices: z.array(z.int().positive()).max(500),
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

  // Pacts
  "pacts:draft": define(
    ["coordinator"],
    input({
      id: Id,
      proposal: Id,
      form: z.enum(pactForms),
      documentHash: Digest,
      parties: z.array(Party).min(2).max(20),
      startsOn: Day,
      endsOn: Day,
      renews: Id.optional(),
    }),
  ),
  "pacts:revise": define(
    ["coordinator"],
    input({
      id: Id,
      documentHash: Digest,
      parties: z.array(Party).min(2).max(20),
      startsOn: Day,
      endsOn: Day,
    }),
  ),
  "pacts:approveDistrict": define(["district_council"], input({ id: Id, act: Act })),
  "pacts:noteGiunta": define(["giunta"], input({ id: Id, act: Act })),
  "pacts:approveGiunta": define(["giunta"], input({ id: Id, act: Act })),
  "pacts:sign": define(
    ["resident", "coordinator", "responsible_officer", "guarantor"],
    input({ id: Id, party: Id, version: z.int().positive(), documentHash: Digest }),
  ),
  "pacts:recordInsurance": define(
    ["coordinator", "responsible_officer"],
    input({ id: Id, documentHash: Digest, validUntil: Day }),
  ),
  "pacts:recordSafetyBriefing": define(
    ["technical_office", "coordinator"],
    input({ id: Id, documentHash: Digest, heldOn: Day }),
  ),
  "pacts:activate": define(officer, input({ id: Id })),
  "pacts:suspend": define(officer, input({ id: Id, reasonDigest: Digest })),
  "pacts:resume": define(officer, input({ id: Id, reasonDigest: Digest })),
  "pacts:terminate": define(officer, input({ id: Id, reasonDigest: Digest })),
  "pacts:expire": define(anyOrganisationRole, input({ id: Id })),

  // Funds
  "funds:openLine": define(
    officer,
    input({
      id: Id,
      fund: Label,
      name: Label,
      year: z.int().min(2000).max(2100),
      kind: z.enum(["investment", "current"]),
      budgetCents: Cents,
      act: Act,
      fictional: z.boolean(),
    }),
  ),
  "funds:changeBudget": define(officer, input({ id: Id, budgetCents: Cents, act: Act })),
  "funds:commit": define(
    officer,
    input({
      id: Id,
      line: Id,
      pact: Id,
      beneficiary: Id,
      payee: Id,
      type: z.enum(paymentTypes),
      amountCents: Cents,
      cup: z
        .string()
        .regex(/^[A-Z0-9]{15}$/)
        .optional(),
      cig: z
        .string()
        .regex(/^[A-Z0-9]{10}$/)
        .optional(),
      act: Act,
      grantAct: Act.optional(),
      fictional: z.boolean(),
    }),
  ),
  "funds:publishGrant": define(officer, input({ commitment: Id, digest: Digest })),
  "funds:planMilestones": define(
    ["responsible_officer", "coordinator"],
    input({
      commitment: Id,
      milestones: z.array(z.strictObject({ id: Id, dueOn: Day, amountCents: Cents, digest: Digest })).max(50),
      reports: z.array(z.strictObject({ id: Id, kind: z.enum(["annual", "final"]), dueOn: Day })).max(20),
    }),
  ),
  "milestones:submitEvidence": define(
    ["resident"],
    input({ id: Id, evidence: z.array(Digest).min(1).max(50) }),
  ),
  "milestones:verify": define(["coordinator", "district_council"], input({ id: Id, reportHash: Digest })),
  /** Sends evidence back to be completed: the milestone is planned again, the reason is on the chain. */
  "milestones:returnEvidence": define(
    ["coordinator", "district_council"],
    input({ id: Id, reasonDigest: Digest }),
  ),
  "milestones:accept": define(
    officer,
    input({ id: Id, acceptedCents: CentsOrZero, reasonDigest: Digest.optional() }),
  ),
  "milestones:reject": define(officer, input({ id: Id, reasonDigest: Digest })),
  "payments:request": define(["resident"], input({ id: Id, milestone: Id, amountCents: Cents })),
  "payments:check": define(officer, input({ id: Id })),
  "payments:reduce": define(officer, input({ id: Id, amountCents: Cents, reasonDigest: Digest })),
  "payments:liquidate": define(officer, input({ id: Id, act: Act })),
  "payments:order": define(officer, input({ id: Id, orderNumber: Reference(40) })),
  "payments:recordPaid": define(
    ["treasurer"],
    input({ id: Id, reference: Reference(80), on: Day, documentHash: Digest }),
  ),
  "payments:recordReturned": define(
    ["treasurer"],
    input({ id: Id, reference: Reference(80), on: Day, documentHash: Digest }),
  ),
  "payments:recover": define(
    ["treasurer"],
    input({ id: Id, amountCents: Cents, reference: Reference(80), documentHash: Digest }),
  ),
  "reports:submit": define(["resident"], input({ id: Id, digest: Digest })),
} as const;

export type TransactionName = keyof typeof transactions;
/** The argument a caller gives, before defaults. */
export type InputOf<T extends TransactionName> = z.infer<(typeof transactions)[T]["input"]>;

/** Questions that change nothing; asked with Evaluate. Their answers are JSON. */
const RecordTypeName = z.enum(Object.keys(records) as [RecordType, ...RecordType[]]);
/** Components of a key after municipality and type: nothing that could reach outside its own key. */
const KeyPart = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);

export const queries = {
  /** One record as it stands, or null: `idParts` follow municipality and type in the key. */
  "records:get": z.strictObject({
    municipality: IstatCode,
    type: RecordTypeName,
    idParts: z.array(KeyPart).min(1).max(3),
  }),
  /** Every state a record has had, newest first: `[{ txId, timestamp, record }]`. */
  "records:history": z.strictObject({
    municipality: IstatCode,
    type: RecordTypeName,
    idParts: z.array(KeyPart).min(1).max(3),
  }),
  /** A page of the records of a type below a key prefix: `{ records, bookmark }`. */
  "records:list": z.strictObject({
    municipality: IstatCode,
    type: RecordTypeName,
    prefix: z.array(KeyPart).max(2),
    pageSize: z.int().min(1).max(1000),
    bookmark: z.string().max(1000),
  }),
} as const;
export type QueryName = keyof typeof queries;
export type QueryOf<Q extends QueryName> = z.infer<(typeof queries)[Q]>;
