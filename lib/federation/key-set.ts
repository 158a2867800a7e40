/** Sets of public keys, as they stand in statements and settings. */
import { z } from "zod";

/** A public key of a set; secrets that are shared have no place there. */
const publicKey = z
  .looseObject({ kty: z.enum(["RSA", "EC"]), kid: z.string().min(1).max(200) })
  .refine((key) => !("d" in key), "a private key");

export const keySetSchema = z.object({ keys: z.array(publicKey).min(1).max(20) });
export type KeySet = z.output<typeof keySetSchema>;
