/** An address that is not followed, or no answer within bounds. The message holds nothing that was sent. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}
