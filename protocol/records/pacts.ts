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
  "withdrawn",
] as const;

/** A pact that has not become active. */
export const notYetActive = [
  "draft",
  "district_approved",
  "noted_by_giunta",
  "giunta_approved",
  "signed",
] as const satisfies readonly (typeof pactStates)[number][];

/** A pact that has no more life. */
export const endedStates: readonly (typeof pactStates)[number][] = [
  "expired",
  "renewed",
  "terminated",
  "withdrawn",
];

/** A pact in force is over from the day after its last one, whether or not anybody said that it expired. */
export function hasEnded({ state, endsOn }: { state: string; endsOn: string }, day: string): boolean {
  if (endedStates.some((ended) => ended === state)) return true;
  return (state === "active" || state === "suspended") && day > endsOn;
}

/** A party signs by its person: a subject's representative, or an official of an organisation. */
export const Party = z.strictObject({
  id: Id,
  subject: Id.optional(),
  organisation: Organisation.optional(),
});

/** A version is written as four digits in a key, and more revisions than this are no revisions. */
export const MOST_VERSIONS = 999;

export const Signature = z.strictObject({
  party: Id,
  person: Id,
  version: z.int().positive(),
  on: Day,
  /** Of signatures that the Comune vouched for, before parties had keys, nothing is said. */
  means: z.enum(["passkey", "paper"]).optional(),
  /** The paper, where it is one. */
  paper: Id.optional(),
});

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
  signatures: z.array(Signature).max(20),
  startsOn: Day,
  endsOn: Day,
  districtAct: Act.optional(),
  districtBy: Actor.optional(),
  giuntaAct: Act.optional(),
  giuntaBy: Actor.optional(),
  insurance: z.strictObject({ documentHash: Digest, validUntil: Day }).optional(),
  safetyBriefing: z.strictObject({ documentHash: Digest, heldOn: Day }).optional(),
  reasonDigest: Digest.optional(),
  /** The act by which a pact that never became active was given up. */
  withdrawalAct: Act.optional(),
  /** The day it expired, was renewed, ended early or was given up. */
  endedOn: Day.optional(),
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
