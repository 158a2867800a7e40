/** What issuers sign blindly, and whether a ballot brings all three signatures. */
import { isBlindSigned, type RsaKey } from "./blind-signature";
import { concat, requireLength, uint } from "./bytes";
import { FREEZE_DIGEST } from "./round";

/** Keys of issuers 1 to 3 for one area. */
export type AreaIssuers = readonly [RsaKey, RsaKey, RsaKey];
export type Credentials = readonly [Uint8Array, Uint8Array, Uint8Array];

/** F ‖ area (2) ‖ voter's key (32). */
export function credentialMessage(freeze: Uint8Array, area: number, voter: Uint8Array): Uint8Array {
  return concat(
    requireLength(freeze, FREEZE_DIGEST, "digest of the freeze"),
    uint(area, 2),
    requireLength(voter, 32, "voter's key"),
  );
}

/** F ‖ posting key (32), signed with the one key for posting. */
export function postingMessage(freeze: Uint8Array, postingKey: Uint8Array): Uint8Array {
  return concat(
    requireLength(freeze, FREEZE_DIGEST, "digest of the freeze"),
    requireLength(postingKey, 32, "posting key"),
  );
}

/** Whether a ballot brings all three signatures. Another one than `areCredentials` gives the same verdict. */
export type CredentialCheck = (
  issuers: AreaIssuers,
  freeze: Uint8Array,
  area: number,
  voter: Uint8Array,
  credentials: Credentials,
) => boolean | Promise<boolean>;

/** All three, each by its own issuer's key for the area: no two of them are enough. */
export function areCredentials(
  issuers: AreaIssuers,
  freeze: Uint8Array,
  area: number,
  voter: Uint8Array,
  credentials: Credentials,
): boolean {
  const message = credentialMessage(freeze, area, voter);
  return issuers.every((issuer, i) => isBlindSigned(issuer, message, credentials[i] as Uint8Array));
}
