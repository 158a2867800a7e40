/** Forms of keys. */
import { z } from "zod";
import { Base64url } from "@/protocol/acts/base64url";
import { Base64, CoseAlgorithm, Digest } from "@/protocol/primitives";

export const passkeyOfferSchema = z.object({
  credential: Base64url(1023),
  spki: Base64(1100),
  algorithm: z.coerce.number().pipe(CoseAlgorithm),
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
