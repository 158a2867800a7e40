/** Bytes that are not what their protobuf type says. */
export class BlockFormatError extends Error {
  override readonly name = "BlockFormatError";
}

export type ChainFault =
  | "number"
  | "previousHash"
  | "dataHash"
  | "codes"
  | "transactionId"
  | "unreadable"
  | "proposalHash"
  | "signature"
  | "commitHash";

/** A block that can be read and contradicts itself or the block before it. */
export class ChainError extends Error {
  override readonly name = "ChainError";
  constructor(
    /** The block's place in the chain. */
    readonly block: number,
    readonly fault: ChainFault,
    message: string,
  ) {
    super(`block ${block}: ${message}`);
  }
}
