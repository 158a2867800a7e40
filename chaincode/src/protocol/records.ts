/**
 * The records the chaincode keeps, one per state key. The key is the composite key
 * `(municipality, type, ...id parts)`; every record carries its municipality and id.
 * Nothing personal is here: people are random identifiers, texts are salted digests.
 */
import type { z } from "zod";
import { CommonsRecord, DocumentRecord, SubjectRecord } from "./records/commons";
import {
  BudgetLineRecord,
  CommitmentRecord,
  MilestoneRecord,
  PaymentRecord,
  ReportRecord,
} from "./records/money";
import { DayRecord, MunicipalityRecord, SigningKeyRecord } from "./records/municipality";
import { PactRecord, PactVersionRecord } from "./records/pacts";
import { AdhesionRecord, AssessmentRecord, CallRecord, ProposalRecord } from "./records/proposals";
import { AdmissionRecord, BallotRecord, ObjectionRecord, RoundRecord } from "./records/rounds";

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
