/** Subjects, commons, documents. */
import { z } from "zod";
import { Act, BodyCode, Digest, Id, officeRoles } from "../primitives";
import { commonsKinds, DocumentRecord, subjectKinds } from "../records/commons";
import { define, input, officer } from "./definition";

export const commonsTransactions = {
  "subjects:register": define(["resident"], input({ id: Id, kind: z.enum(subjectKinds), digest: Digest })),
  "subjects:registerPayee": define(officer, input({ id: Id, kind: z.enum(subjectKinds), digest: Digest })),
  "subjects:recogniseEligibility": define(officer, input({ id: Id, code: BodyCode, act: Act })),
  /** Another person signs for a subject from now on: it was sold, left without anybody, or chose somebody else. */
  "subjects:replaceRepresentative": define(officer, input({ id: Id, representative: Id, act: Act })),
  /** Somebody in office says that they belong to a subject: from now on they take no step on its pacts and money. */
  "subjects:declareInterest": define(officeRoles, input({ id: Id })),
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
      "accountant",
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
} as const;
