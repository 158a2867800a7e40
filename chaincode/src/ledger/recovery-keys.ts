import { z } from "zod";
import { Digest, MspId } from "../../../protocol/primitives";
import { recoveryKeyEntry } from "../domain/recovery-keys";

/** `MSPID:fingerprint`, the fingerprint being SHA-256 of the key's SPKI DER in lower-case hexadecimal. */
const Entry = z
  .string()
  .transform((entry) => entry.split(":"))
  .pipe(z.tuple([MspId, Digest]));

/**
 * The recovery keys of COCITY_RECOVERY_KEYS, separated by commas: each organisation configures its own chaincode
 * process, so founding and recovery need endorsers that agree on them.
 *
 * @throws {z.ZodError} on an entry that is not of its form
 */
export function readRecoveryKeys(value: string | undefined): ReadonlySet<string> {
  const entries = (value ?? "").split(",").map((entry) => entry.trim());
  return new Set(
    entries.filter((entry) => entry !== "").map((entry) => recoveryKeyEntry(...Entry.parse(entry))),
  );
}
