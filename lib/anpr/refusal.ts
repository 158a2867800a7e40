/** Why nothing is known of somebody's residence. The names stand in the register and in logs: none holds what was sent. */
export type AnprRefusalCode =
  /** No answer: an address that is not followed, too late, too long, broken off. */
  | "unreachable"
  /** PDND gave no voucher, or something that is none. */
  | "voucher"
  /** ANPR's gateway or service turned the request down. */
  | "refused"
  /** As many questions as a day may have were asked already. */
  | "threshold"
  /** An answer that cannot be read, or that can be read in two ways. */
  | "answer"
  /** An answer about somebody else. */
  | "person";

export class AnprRefusal extends Error {
  override readonly name = "AnprRefusal";

  constructor(
    readonly code: AnprRefusalCode,
    /** For whoever looks after the site; never what was sent. */
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}
