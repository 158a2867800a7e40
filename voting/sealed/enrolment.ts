/**
 * How a person takes a credential. The sign-in's nonce binds person and enrolment key under the provider's signature;
 * requests to issuers are signed with that key and name whom they are for, so that no issuer can pass one on.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { ISSUER_KEY } from "./blind-signature";
import { concat, requireLength, uint } from "./bytes";
import { signedBy } from "./curve-keys";
import { digest, labelled } from "./labels";
import type { Primitives } from "./primitives";
import { FREEZE_DIGEST, type IssuerNumber } from "./round";
import { RHO } from "./voter-keys";

/** The `nonce` of the sign-in as bytes: H(F ‖ enrolment key). */
export function enrolmentNonce(freeze: Uint8Array, enrolmentKey: Uint8Array): Uint8Array {
  return digest(
    "enrolment nonce",
    requireLength(freeze, FREEZE_DIGEST, "digest of the freeze"),
    requireLength(enrolmentKey, 32, "enrolment key"),
  );
}

/** An issuer's ρ for a person: the same however often it is asked, and no register of it is needed. */
export function rhoOf(issuerSecret: Uint8Array, freeze: Uint8Array, person: Uint8Array): Uint8Array {
  requireLength(issuerSecret, RHO, "issuer's secret");
  return hmac(
    sha256,
    issuerSecret,
    concat(requireLength(freeze, FREEZE_DIGEST, "digest of the freeze"), requireLength(person, 32, "person")),
  );
}

export type EnrolmentPurpose = "rho" | "credential" | "posting";

const purposeCodes: Readonly<Record<EnrolmentPurpose, number>> = { rho: 1, credential: 2, posting: 3 };

export interface EnrolmentRequest {
  readonly purpose: EnrolmentPurpose;
  readonly issuer: IssuerNumber;
  /** 0 where the purpose has none: the ρ and the posting key hold in every area. */
  readonly area: number;
  /** Null for a ρ. */
  readonly blinded: Uint8Array | null;
  /** SHA-256 of the sign-in's ID token, as it was received. */
  readonly tokenDigest: Uint8Array;
}

/** Purpose (1) ‖ issuer (1) ‖ F ‖ area (2) ‖ blinded message (384, zeros for a ρ) ‖ digest of the token (32), under a label. */
export function enrolmentMessage(freeze: Uint8Array, request: EnrolmentRequest): Uint8Array {
  const { purpose, issuer, area, blinded, tokenDigest } = request;
  return labelled(
    "enrolment request",
    uint(purposeCodes[purpose], 1),
    uint(issuer, 1),
    requireLength(freeze, FREEZE_DIGEST, "digest of the freeze"),
    uint(area, 2),
    requireLength(blinded ?? new Uint8Array(ISSUER_KEY), ISSUER_KEY, "blinded message"),
    requireLength(tokenDigest, 32, "digest of the token"),
  );
}

/** Whether a purpose comes with an area and a blinded message exactly where it has them. */
export function isWellFormed({ purpose, area, blinded }: EnrolmentRequest): boolean {
  return (purpose === "rho") === (blinded === null) && (purpose === "credential") === area > 0;
}

/** Whether the enrolment key has signed the request for this round. */
export async function isEnrolmentRequest(
  primitives: Primitives,
  freeze: Uint8Array,
  enrolmentKey: Uint8Array,
  request: EnrolmentRequest,
  signature: Uint8Array,
): Promise<boolean> {
  if (!isWellFormed(request)) return false;
  return signedBy(primitives, enrolmentKey, enrolmentMessage(freeze, request), signature);
}
