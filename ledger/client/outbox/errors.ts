import { ConflictError, UnavailableError } from "../../../lib/errors";

/**
 * Why an item came to nothing though no rule of the chaincode refused it. Stands in `errorCode` beside the
 * chaincode's own codes and has its sentence in the messages as they do.
 */
export const outboxFailures = [
  /** The CA or a peer no longer accepts the certificate. */
  "certificate_refused",
  /** Others changed the same records again and again. */
  "conflict",
  /** The ledger found the transaction invalid for another reason, its validation code is in `params.code`. */
  "invalid_on_ledger",
  /** The peers refused the proposal for a reason that is not a rule, several times over. */
  "ledger_refused",
  /** Its person has put the act aside before signing it. */
  "put_aside",
] as const;
export type OutboxFailure = (typeof outboxFailures)[number];

/** Too many items are on their way: try again in a minute. Nothing was written. */
export class OutboxFullError extends UnavailableError {
  constructor(limit: number) {
    super("outbox_full", { limit });
  }
}

/** One person has too many items on their way: the rest of the outbox is for others. Nothing was written. */
export class PersonOutboxFullError extends UnavailableError {
  constructor(limit: number) {
    super("outbox_full_for_person", { limit });
  }
}

/** A use case asked for something that the chaincode refuses whatever its state: a mistake of the program. */
export class InvalidCommandError extends Error {
  override readonly name = "InvalidCommandError";
  constructor(
    readonly transaction: string,
    reason: string,
  ) {
    super(`${transaction}: ${reason}`);
  }
}

/** The same id for another intention: a form sent again with other contents, after the first was queued. */
export class CommandReusedError extends ConflictError {
  constructor(readonly id: string) {
    super("command_reused");
  }
}
