/**
 * Something the person who starts the ledger can put right: printed as one plain sentence, without a stack.
 */
export class StartFailure extends Error {
  override readonly name = "StartFailure";
}
