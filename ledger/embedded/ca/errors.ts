/**
 * A refusal of the CA, in the shape of Fabric CA's `lib/caerrors`: what it answers says no more than the
 * caller may know, while the reason goes to the log.
 */
export class CaError extends Error {
  override readonly name = "CaError";
  constructor(
    readonly status: number,
    readonly code: number,
    readonly remoteMessage: string,
    reason: string = remoteMessage,
  ) {
    super(reason);
  }
}

/** Error codes of Fabric CA (`lib/caerrors/servererror.go`). */
export const caErrorCodes = {
  unknown: 0,
  methodNotAllowed: 1,
  noAuthorisationHeader: 2,
  readingBody: 3,
  emptyBody: 4,
  badBody: 5,
  revokedCertificateNotFound: 8,
  wrongOwner: 9,
  revokedIdentityNotFound: 10,
  missingRevokeArguments: 15,
  caNotFound: 19,
  authenticationFailure: 20,
  badCsr: 31,
  alreadyRevoked: 66,
  authorisationFailure: 71,
  passwordAttempts: 73,
  duplicateIdentity: 74,
  commonNameDiffers: 77,
} as const;

export function authenticationFailure(reason: string): CaError {
  return new CaError(401, caErrorCodes.authenticationFailure, "Authentication failure", reason);
}

export function authorisationFailure(reason: string): CaError {
  return new CaError(403, caErrorCodes.authorisationFailure, "Authorization failure", reason);
}
