/** Evidence that does not hold together: nothing is counted then. */
export class EvidenceError extends Error {
  override readonly name = "EvidenceError";
}
