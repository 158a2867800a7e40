import { common } from "@hyperledger/fabric-protos";
import { parseBlock } from "../../evidence/block";
import { validationCodes } from "../../evidence/codes";
import type { ChaincodeEvent, Transaction } from "../../evidence/types";
import type { Ledger } from "../store/types";

/** A block as listeners want it. */
export interface ReadableBlock {
  readonly number: number;
  /** Serialised `common.Block`. */
  readonly bytes: Uint8Array;
  readonly transactions: readonly TransactionSummary[];
}

/** What of a transaction is told to listeners. */
export interface TransactionSummary {
  readonly id: string;
  readonly type: number;
  readonly channel: string;
  readonly code: number;
  /** Whether it is a chaincode transaction that could be read. */
  readonly hasAction: boolean;
  readonly event?: ChaincodeEvent;
}

/** The last blocks are kept read, unless they are large: listeners that are up to date all want the same. */
const keptBlocks = 64;
const keptBytes = 500_000;

/** Reads blocks for event streams, each once however many listen. */
export class BlockReader {
  readonly #recent = new Map<number, ReadableBlock>();

  constructor(readonly ledger: Ledger) {}

  /** Takes in a block just committed, whose transactions are known already. */
  remember(number: number, bytes: Uint8Array, transactions: readonly Transaction[]): void {
    if (bytes.length <= keptBytes)
      this.#recent.set(number, { number, bytes, transactions: transactions.map(summaryOf) });
    this.#recent.delete(number - keptBlocks);
  }

  /** The block with this number, waiting until there is one. @throws the signal's reason */
  async next(number: number, signal: AbortSignal): Promise<ReadableBlock> {
    for (;;) {
      const block = await this.find(number);
      if (block) return block;
      await this.ledger.nextHeight(number, signal);
    }
  }

  async find(number: number): Promise<ReadableBlock | undefined> {
    const recent = this.#recent.get(number);
    if (recent) return recent;
    const stored = await this.ledger.block(number);
    if (!stored) return undefined;
    const { transactions } = parseBlock(stored.bytes);
    return { number, bytes: stored.bytes, transactions: transactions.map(summaryOf) };
  }
}

/** Events of the valid transactions of a block, in order. */
export function eventsOf(block: ReadableBlock): ChaincodeEvent[] {
  return block.transactions.flatMap(({ event, code }) =>
    event && code === validationCodes.VALID ? [event] : [],
  );
}

function summaryOf({ id, type, channel, code, action }: Transaction): TransactionSummary {
  return {
    id,
    type,
    channel,
    code,
    hasAction: type === common.HeaderType.ENDORSER_TRANSACTION && action !== undefined,
    ...(action?.event && { event: action.event }),
  };
}
