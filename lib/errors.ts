import { type ErrorCode, parseRuleError } from "@/protocol/errors";

export type ErrorParams = Readonly<Record<string, string | number>>;

/**
 * Something that may happen and that the person can do something about. `code` names the sentence in
 * `messages/*.json` under `errors`, `params` fill it; the message here is for the log alone. Nothing an error
 * carries is personal data. Every other error is unexpected: see `lib/unexpected.ts`.
 */
export abstract class ExpectedError extends Error {
  /** The HTTP status of a route handler that answers with it. */
  abstract readonly status: number;

  constructor(
    readonly code: string,
    readonly params: ErrorParams = {},
  ) {
    super(code);
    this.name = new.target.name;
  }
}

/** Nobody has signed in, or the session is over. */
export class NotSignedInError extends ExpectedError {
  readonly status = 401;
  constructor() {
    super("not_signed_in");
  }
}

/** What is asked for weighs so much that the person has to prove again who they are. */
export class SignInAgainError extends ExpectedError {
  readonly status = 401;
  constructor() {
    super("sign_in_again");
  }
}

/** Somebody has signed in who may not do this, here. */
export class NotAllowedError extends ExpectedError {
  readonly status = 403;
  constructor(code = "not_allowed", params: ErrorParams = {}) {
    super(code, params);
  }
}

/** There is no such thing in this municipality; what belongs to another one is not there either. */
export class NotFoundError extends ExpectedError {
  readonly status = 404;
  constructor(code = "not_found", params: ErrorParams = {}) {
    super(code, params);
  }
}

/** Input that its form refuses; `fields` has the code of a sentence for each field, by its name in the form. */
export class InvalidInputError extends ExpectedError {
  readonly status = 422;
  constructor(
    readonly fields: Readonly<Record<string, string>>,
    code = "invalid_input",
    params: ErrorParams = {},
  ) {
    super(code, params);
  }
}

/** A rule of the subject, or somebody else's change in the meantime, stands against it. */
export class ConflictError extends ExpectedError {
  readonly status = 409;
}

/** More than is taken: a file too large, uploads that wait for their use. */
export class TooMuchError extends ExpectedError {
  readonly status = 413;
}

/** Too often within the hour; `minutes` until it may be tried again. */
export class TooManyError extends ExpectedError {
  readonly status = 429;
  constructor(readonly minutes: number) {
    super("too_many_requests", { minutes });
  }
}

/** A part of the system does not answer just now; trying again later may help. */
export class UnavailableError extends ExpectedError {
  readonly status = 503;
  constructor(code = "unavailable", params: ErrorParams = {}) {
    super(code, params);
  }
}

/** The chaincode refused: its code is the sentence's. */
export class LedgerRefusedError extends ExpectedError {
  readonly status = 409;
  constructor(
    override readonly code: ErrorCode,
    params: ErrorParams = {},
  ) {
    super(code, params);
  }
}

/** The refusal that a ledger error carries, if it carries one. */
export function ledgerRefusal(message: string): LedgerRefusedError | undefined {
  const refusal = parseRuleError(message);
  return refusal && new LedgerRefusedError(refusal.code, refusal.params);
}
