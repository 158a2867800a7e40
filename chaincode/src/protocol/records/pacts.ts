/** Pacts of collaboration and their versions. */
import { z } from "zod";
import { Act, Actor, Day, Digest, Id, IstatCode, Organisation } from "../primitives";

const base = { municipality: IstatCode, id: Id };

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
