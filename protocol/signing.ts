/** The exact bytes that are signed outside a certificate: admissions by a second registrar, open ballots by a round's key. */

const encoder = new TextEncoder();

/**
 * Bytes a co-signing registrar signs to admit keys to a round (ECDSA P-256, SHA-256).
 * Fields are separated by line feeds, which none of them can contain.
 */
export function admissionBytes(
  municipality: string,
  round: string,
  admissions: readonly { slot: number; key: string }[],
): Uint8Array {
  const lines = admissions.map(({ slot, key }) => `${slot} ${key}`);
  return encoder.encode(["cocity-admission-1", municipality, round, ...lines].join("\n"));
}

/**
 * Bytes the round's key signs to cast an open ballot (Ed25519, RFC 8032). A choice with points is `number:points`.
 */
export function openBallotBytes(
  municipality: string,
  round: string,
  key: string,
  seq: number,
  choices: readonly number[],
  points?: readonly number[],
): Uint8Array {
  const given = points ? choices.map((number, index) => `${number}:${points[index] ?? ""}`) : choices;
  return encoder.encode(["cocity-open-ballot-1", municipality, round, key, seq, given.join(",")].join("\n"));
}
