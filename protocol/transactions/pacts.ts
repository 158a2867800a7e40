/** Pacts: versions, approvals, signatures, term. */
import { z } from "zod";
import { Act, Day, Digest, Id } from "../primitives";
import { Party, pactForms } from "../records/pacts";
import { bindingTerms } from "./binding";
import { anyOrganisationRole, define, input, officer } from "./definition";

export const pactsTransactions = {
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
    input(bindingTerms["pacts:sign"]),
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
  /** Gives up a pact that never became active, by an act: the proposal can have another one, or be abandoned. */
  "pacts:withdraw": define(officer, input({ id: Id, reasonDigest: Digest, act: Act })),
  "pacts:expire": define(anyOrganisationRole, input({ id: Id })),
} as const;
