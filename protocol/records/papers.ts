/** What a party signed on paper before two witnesses. */
import { z } from "zod";
import { Actor, Day, Digest, Id, IstatCode } from "../primitives";
import { Asked } from "../transactions/binding";

export const paperStates = ["recorded", "confirmed", "withdrawn"] as const;

export const paperTerms = {
  id: Id,
  /** Who signed the paper. */
  person: Id,
  asked: Asked,
  /** SHA-256 of the bytes of the scan. */
  scan: Digest,
} as const;

export const PaperRecord = z.strictObject({
  municipality: IstatCode,
  ...paperTerms,
  commons: Id,
  state: z.enum(paperStates),
  recordedBy: Actor,
  recordedOn: Day,
  confirmedBy: Actor.optional(),
  confirmedOn: Day.optional(),
  withdrawnBy: Actor.optional(),
  withdrawnOn: Day.optional(),
});
