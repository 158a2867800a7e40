/**
 * The records the chaincode keeps, one per state key. The key is the composite key
 * `(municipality, type, ...id parts)`; every record carries its municipality and id.
 * Nothing personal is here: people are random identifiers, texts are salted digests.
 */
import { z } from "zod";
import { CommonsRecord, DocumentRecord, SubjectRecord } from "./records/commons";
import { SheetsRecord, StationRecord, VoucherRecord } from "./records/desk";
import {
  BudgetLineRecord,
  CommitmentRecord,
  MilestoneRecord,
  PaymentRecord,
  ReportRecord,
} from "./records/money";
import { DayRecord, MunicipalityRecord, SigningKeyRecord } from "./records/municipality";
import { PactRecord, PactVersionRecord } from "./records/pacts";
import { PaperRecord } from "./records/papers";
import { AdhesionRecord, AssessmentRecord, CallRecord, ProposalRecord } from "./records/proposals";
import { OfficeRecord, OfficialRecord, PasskeyRecord, RecoveryRecord } from "./records/register";
import { AdmissionRecord, BallotRecord, ObjectionRecord, RoundRecord } from "./records/rounds";
import {
  IssuanceRecord,
  IssuerKeyRecord,
  SealedBallotRecord,
  SealedEnvelopeRecord,
  SealingRecord,
} from "./records/sealed";

/** Beside its own members, the version of the form it was written in; version 1 has none (`upgrade.ts`). */
const versioned = <Shape extends z.ZodRawShape>(record: z.ZodObject<Shape, z.core.$strict>) =>
  record.extend({ schema: z.int().positive().optional() });

export const records = {
  municipality: versioned(MunicipalityRecord),
  day: versioned(DayRecord),
  signing_key: versioned(SigningKeyRecord),
  subject: versioned(SubjectRecord),
  commons: versioned(CommonsRecord),
  call: versioned(CallRecord),
  proposal: versioned(ProposalRecord),
  adhesion: versioned(AdhesionRecord),
  assessment: versioned(AssessmentRecord),
  round: versioned(RoundRecord),
  admission: versioned(AdmissionRecord),
  ballot: versioned(BallotRecord),
  objection: versioned(ObjectionRecord),
  pact: versioned(PactRecord),
  pact_version: versioned(PactVersionRecord),
  budget_line: versioned(BudgetLineRecord),
  commitment: versioned(CommitmentRecord),
  milestone: versioned(MilestoneRecord),
  payment: versioned(PaymentRecord),
  report: versioned(ReportRecord),
  document: versioned(DocumentRecord),
  official: versioned(OfficialRecord),
  office: versioned(OfficeRecord),
  passkey: versioned(PasskeyRecord),
  recovery: versioned(RecoveryRecord),
  paper: versioned(PaperRecord),
  sealing: versioned(SealingRecord),
  issuer_key: versioned(IssuerKeyRecord),
  issuance: versioned(IssuanceRecord),
  sealed_ballot: versioned(SealedBallotRecord),
  sealed_envelope: versioned(SealedEnvelopeRecord),
  station: versioned(StationRecord),
  voucher: versioned(VoucherRecord),
  sheets: versioned(SheetsRecord),
} as const;

export type RecordType = keyof typeof records;

export type RecordOf<T extends RecordType> = z.infer<(typeof records)[T]>;
