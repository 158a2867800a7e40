import { mspIds, type Organisation } from "../../protocol/primitives";
import { parseBlock } from "../evidence/block";
import type { Block } from "../evidence/types";
import type { LedgerGateway } from "./gateway";
import type { Testimony } from "./gateway/testimony";

/** What an organisation's own peer says of a block when it is asked now. */
export interface Confirmation {
  readonly organisation: Organisation;
  /** Name of the peer that was asked. */
  readonly peer: string;
  /**
   * `same`: it has this block, with the same hash and the same validation codes. `different`: it has another one in its place,
   * or none though its chain goes further. `behind`: its chain does not go that far yet. `away`: it does not answer.
   */
  readonly says: "same" | "different" | "behind" | "away";
}

/** How long an organisation's peer may take for an answer, milliseconds. */
export const patience = 3_000;

/** What the organisations say of one block. */
export interface Confirmed {
  readonly confirmations: readonly Confirmation[];
  /** One machine answers for all organisations: their words are the same by its nature. */
  readonly oneMachine: boolean;
}

/**
 * Asks every organisation's peer for the block of a transaction, and compares.
 * @returns undefined where none of them shows one
 */
export async function confirmTransaction(
  gateway: LedgerGateway,
  transactionId: string,
): Promise<Confirmed | undefined> {
  const testimonies = await gateway.testimonies({ transactionId }, patience);
  const [held] = blocksIn(testimonies);
  return held && confirmed(gateway, testimonies, held.block);
}

/** What the testimonies say of a block. */
export function confirmed(
  { connection }: LedgerGateway,
  testimonies: readonly Testimony[],
  block: Block,
): Confirmed {
  return {
    confirmations: confirmationsOf(testimonies, block),
    oneMachine: connection.kind === "embedded",
  };
}

/** A block as one organisation has it. */
export interface HeldBlock {
  readonly bytes: Uint8Array;
  readonly block: Block;
}

/** The blocks in the testimonies, the first organisation's first. */
export function blocksIn(testimonies: readonly Testimony[]): HeldBlock[] {
  return testimonies.flatMap(({ said }) =>
    said.what === "block" ? [{ bytes: said.bytes, block: parseBlock(said.bytes) }] : [],
  );
}

/** Compares what each organisation says with one block. */
function confirmationsOf(testimonies: readonly Testimony[], block: Block): Confirmation[] {
  return testimonies.flatMap((testimony) => {
    const found = Object.entries(mspIds).find(([, id]) => id === testimony.mspId);
    if (!found) return [];
    const organisation = found[0] as Organisation;
    return [{ organisation, peer: testimony.peer, says: comparison(testimony.said, block) }];
  });
}

function comparison(said: Testimony["said"], block: Block): Confirmation["says"] {
  if (said.what === "nothing") return "away";
  if (said.what === "none") return said.height > block.number ? "different" : "behind";
  return isSameBlock(parseBlock(said.bytes), block) ? "same" : "different";
}

/**
 * The header's hash stands for number, predecessor and transactions. How those were validated is not in it; where peers
 * keep commit hashes, these stand for that in this block and all before it.
 */
export function isSameBlock(one: Block, other: Block): boolean {
  return (
    Buffer.compare(one.hash, other.hash) === 0 &&
    (!one.commitHash || !other.commitHash || Buffer.compare(one.commitHash, other.commitHash) === 0) &&
    one.transactions.length === other.transactions.length &&
    one.transactions.every(({ code }, index) => code === other.transactions[index]?.code)
  );
}
