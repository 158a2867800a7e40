/** What can be wrong with sealed ballots, each with a stable code a message is looked up by. */
export type SealedErrorCode =
  /** Bytes of another length, order or value than their layout has. */
  | "malformed"
  /** A public key under which nothing is secret or proven. */
  | "weak_key"
  | "bad_signature"
  | "bad_credential"
  /** Bytes that the key at hand does not open. */
  | "not_opened"
  /** An issuer's answer that is no signature on what was blinded. */
  | "bad_blind_signature"
  /** A choice that has no place in the ballot of this round. */
  | "not_encodable";

/** `code` selects the sentence shown to a person; the message is plain English for logs and the command line. */
export class SealedError extends Error {
  override readonly name = "SealedError";

  constructor(
    readonly code: SealedErrorCode,
    message: string,
  ) {
    super(message);
  }
}
