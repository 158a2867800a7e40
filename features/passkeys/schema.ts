/** Forms of keys. */
import { z } from "zod";
import { Base64url } from "@/protocol/acts/base64url-schema";
import { Base64, CoseAlgorithm, Digest, FoundingId, Id } from "@/protocol/primitives";

export const passkeyOfferSchema = z.object({
  credential: Base64url(1023),
  spki: Base64(1100),
  algorithm: z.coerce.number().pipe(CoseAlgorithm),
});

/** What the link says that a person gets from whoever prepares the founding of their municipality. */
export const firstKeySchema = z.object({
  ...{ founding: FoundingId, person: Id },
  name: z.string().min(1).max(200),
});

export const passkeySchema = z.object({ id: Digest });
export const passkeyWithdrawalSchema = z.object({ command: z.uuid(), id: Digest });

/** A key whose code the signer has compared; `code` was computed by the signer's browser. */
export const passkeyCodeSchema = z.object({
  command: z.uuid(),
  id: Digest,
  code: Digest,
  compared: z.stringbool({ truthy: ["on"], falsy: [], error: "confirmation_needed" }),
});
