/** Calls and proposals. */
import { z } from "zod";
import { Act, CentiPoints, Cents, Day, Digest, Id } from "../primitives";
import { commonsKinds } from "../records/commons";
import { CallRecord, Criterion } from "../records/proposals";
import { define, input, officer } from "./definition";

export const proposalsTransactions = {
  "calls:publish": define(
    officer,
    input({
      id: Id,
      scopes: CallRecord.shape.scopes,
      digest: Digest,
      opensOn: Day,
      closesOn: Day,
      rolling: z.boolean(),
      criteria: z.array(Criterion).min(1).max(20),
      threshold: z.int().min(0).max(100),
      requiredScores: z.int().min(1).max(20),
      maxCostCents: Cents,
      lines: z.array(Id).max(20),
      act: Act,
    }),
  ),
  "calls:extend": define(officer, input({ id: Id, closesOn: Day, act: Act })),
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
  /** Undoes a merge: the merged proposal goes on by itself again. */
  "proposals:separate": define(officer, input({ id: Id, act: Act })),
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
  /** An assessor is left out of the judgement; an officer, the Giunta, a coordinator of every decision on it. */
  "proposals:declareConflict": define(
    [
      "assessor",
      "technical_office",
      "responsible_officer",
      "coordinator",
      "district_council",
      "giunta",
      "guarantor",
    ],
    input({ proposal: Id, reasonDigest: Digest }),
  ),
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
  /** Allows more than was voted: a higher cost, further lines, other beneficiaries. The act that stands replaces the one before. */
  "proposals:allowBeyond": define(
    ["giunta"],
    input({
      id: Id,
      costCents: Cents.optional(),
      lines: z.array(Id).max(20),
      beneficiaries: z.array(Id).max(20),
      act: Act,
    }),
  ),
  "proposals:startCoDesign": define(["coordinator"], input({ id: Id })),
  "proposals:readyForPact": define(["coordinator"], input({ id: Id, documentHash: Digest })),
  "proposals:abandon": define(
    ["coordinator", "responsible_officer"],
    input({ id: Id, act: Act, reasonDigest: Digest }),
  ),
} as const;
