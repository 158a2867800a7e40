/** Offline keys of organisations: they sign founding and recovery, and no identity that carries takes their place. */
import { fromBase64url } from "../../../protocol/acts/base64url";
import { RuleError } from "../../../protocol/errors";
import type { Organisation } from "../../../protocol/primitives";
import type { MunicipalOrganisation } from "../../../protocol/records/municipality";
import { invalid, requireUnique } from "./require";
import type { Tx } from "./tx";

export interface RecoverySignature {
  part: Organisation;
  /** base64url; DER where the key is ECDSA. */
  signature: string;
}

/**
 * Each signature is by the recovery key of its organisation, and each key is one that the endorser was configured
 * with: endorsers of two organisations must agree.
 *
 * @throws {RuleError} `invalid_input`, `recovery_key_unknown` or `bad_signature`, naming the organisation
 */
export function requireRecoverySignatures(
  tx: Tx,
  text: string,
  organisations: readonly Pick<MunicipalOrganisation, "part" | "mspId" | "recoveryKey">[],
  signatures: readonly RecoverySignature[],
): void {
  requireUnique(
    signatures.map(({ part }) => part),
    "signatures",
  );
  const bytes = new TextEncoder().encode(text);
  for (const { part, signature } of signatures) {
    const organisation = organisations.find((one) => one.part === part) ?? invalid("signatures");
    requireConfigured(tx, organisation);
    if (!isSigned(tx, organisation.recoveryKey, bytes, signature))
      throw new RuleError("bad_signature", { id: part });
  }
}

/** @throws {RuleError} `recovery_key_unknown` unless this endorser knows the key as the organisation's */
export function requireConfigured(
  tx: Tx,
  { part, mspId, recoveryKey }: Pick<MunicipalOrganisation, "part" | "mspId" | "recoveryKey">,
): void {
  const { checks, recoveryKeys } = tx.circumstances;
  const fingerprint = checks.digest(
    Uint8Array.from(atob(recoveryKey), (character) => character.charCodeAt(0)),
  );
  if (!recoveryKeys.has(recoveryKeyEntry(mspId, fingerprint)))
    throw new RuleError("recovery_key_unknown", { organisation: part });
}

/** How an endorser's configuration names a key: MSP id and SHA-256 of its SPKI DER. */
export function recoveryKeyEntry(mspId: string, fingerprint: string): string {
  return `${mspId}:${fingerprint}`;
}

function isSigned(tx: Tx, spki: string, bytes: Uint8Array, signature: string): boolean {
  const { checks } = tx.circumstances;
  const algorithm = checks.keyAlgorithm(spki);
  if (algorithm === undefined) return false;
  return checks.signed({ spki, algorithm }, bytes, fromBase64url(signature));
}
