/** Whom and what it is about: subjects, commons, documents. */
import { z } from "zod";
import { Act, Day, Digest, Id, IstatCode } from "../primitives";

const base = { municipality: IstatCode, id: Id };

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

export const DocumentRecord = z.strictObject({
  ...base,
  commons: Id.optional(),
  kind: z.enum(["act", "minutes", "estimate", "photograph", "insurance", "safety", "other"]),
  hash: Digest,
  recordedOn: Day,
  /** The document this one corrects. */
  corrects: Id.optional(),
});
