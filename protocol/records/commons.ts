/** Whom and what it is about: subjects, commons, documents. */
import { z } from "zod";
import { Act, Actor, BodyCode, Day, Digest, Id, IstatCode } from "../primitives";

const base = { municipality: IstatCode, id: Id };

export const subjectKinds = [
  "person",
  "informal_group",
  "association",
  "third_sector",
  "school",
  "company",
] as const;

/** Kinds that a contribution may go to, once an officer has recognised them (rule 8). */
export const grantableKinds: readonly (typeof subjectKinds)[number][] = [
  "association",
  "third_sector",
  "school",
];

export const SubjectRecord = z.strictObject({
  ...base,
  kind: z.enum(subjectKinds),
  /** Who signs for it; a payee registered by an officer has nobody here. */
  representative: Id.optional(),
  /** Who signed for it before: they still have an interest in it. */
  formerRepresentatives: z.array(Id).max(50).optional(),
  /** People in office who declared that they belong to it. */
  interested: z.array(Id).max(200).optional(),
  /** The act that made the representative, where it was not the subject's own registration. */
  representativeAct: Act.optional(),
  registeredOn: Day.optional(),
  digest: Digest,
  /** Set by an officer: may receive contributions. */
  eligible: z.boolean(),
  /** The act that recognised it as eligible. */
  act: Act.optional(),
  /** Public tax code of the body, given with its recognition: one body may be registered more than once. */
  code: BodyCode.optional(),
});

export const commonsKinds = ["building", "green_area", "square", "school", "immaterial"] as const;

export const CommonsRecord = z.strictObject({ ...base, kind: z.enum(commonsKinds), digest: Digest });

export const DocumentRecord = z.strictObject({
  ...base,
  commons: Id.optional(),
  kind: z.enum(["act", "minutes", "estimate", "photograph", "insurance", "safety", "other"]),
  hash: Digest,
  recordedOn: Day,
  recordedBy: Actor.optional(),
  /** The document this one corrects. */
  corrects: Id.optional(),
});
