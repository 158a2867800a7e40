import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import { log } from "../../../lib/log";
import { parseBlock, readBlock } from "../../evidence/block";
import { type ChainEnd, checkBlock, checkTransactionIds } from "../../evidence/chain";
import { BlockFormatError, ChainError } from "../../evidence/errors";
import type { Block } from "../../evidence/types";
import { blocksIn, patience } from "../confirmation";
import type { LedgerGateway } from "../gateway";
import { LedgerUnavailableError } from "../gateway/peers";
import { ChainComparison } from "./comparison";
import { rowsOf, UnknownEventError } from "./rows";
import { type Alongside, liveSchema, readEnd, writeRows } from "./tables";

/** Blocks written in one database transaction while catching up, and about how many transactions they may hold. */
const blocksAtOnce = 200;
const transactionsAtOnce = 2000;
/** Blocks held in memory ahead of the database. */
const blocksAhead = 400;

export interface FollowOptions {
  readonly gateway: LedgerGateway;
  readonly pool: Pool;
  readonly signal: AbortSignal;
  /** Told of each height the tables have reached. */
  readonly onHeight?: (height: number) => void;
  /** Writes what else follows from blocks, in the transaction in which they are written. */
  readonly alongside?: Alongside;
}

/** The ledger shows something that does not follow from what it showed before: nothing more is taken from it. */
export class ProjectionAlarm extends Error {
  override readonly name = "ProjectionAlarm";
}

/**
 * Keeps the live tables at the ledger's height until the signal ends it. A ledger or a database that is away is waited for.
 * @throws ProjectionAlarm when a block does not follow the one before it, is not what its hash says, is not the one that
 *   another organisation's peer has, or holds an event this version does not know
 */
export async function follow(options: FollowOptions): Promise<void> {
  const comparison = new ChainComparison(options.gateway);
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const parts = [keepUp({ ...options, signal }, comparison), comparison.run(signal)];
  try {
    await Promise.all(parts);
  } catch (error) {
    if (isFault(error)) throw new ProjectionAlarm(error.message, { cause: error });
    throw error;
  } finally {
    ending.abort();
    await Promise.allSettled(parts);
  }
}

async function keepUp(options: FollowOptions, comparison: ChainComparison): Promise<void> {
  const { gateway, pool, signal, onHeight } = options;
  for (let failures = 0; !signal.aborted; ) {
    try {
      const client = await pool.connect();
      let end: ChainEnd;
      try {
        end = await readEnd(client, liveSchema);
      } finally {
        client.release();
      }
      const known = await checkedEnd(gateway, end);
      if (known) comparison.reached(known);
      onHeight?.(end.height);
      for await (const blocks of verifiedBlocks(gateway, end, signal)) {
        await write(options, blocks);
        failures = 0;
        const last = lastOf(blocks);
        comparison.reached(last);
        onHeight?.(last.number + 1);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (isFault(error)) throw error;
      failures += 1;
      log.warn({ err: error, failures }, "the projection waits for the ledger or the database");
      await sleep(Math.min(3_000, 50 * 2 ** failures), undefined, { signal }).catch(() => undefined);
    }
  }
}

/**
 * Blocks after `end`, each checked against the one before it, in runs of as many as are there.
 * @param limit height at which to stop; without it goes on as blocks come
 */
export async function* verifiedBlocks(
  gateway: LedgerGateway,
  end: ChainEnd,
  signal: AbortSignal,
  limit = Number.POSITIVE_INFINITY,
): AsyncGenerator<[Block, ...Block[]]> {
  if (end.height >= limit) return;
  const closing = new AbortController();
  const ahead = new BlockQueue();
  const reading = read();
  async function read(): Promise<void> {
    try {
      let last = end;
      for await (const bytes of gateway.blocks(end.height, AbortSignal.any([signal, closing.signal]))) {
        last = checkBlock(readBlock(bytes), last);
        const block = parseBlock(bytes);
        checkTransactionIds(block);
        await ahead.put(block);
        if (last.height >= limit) break;
      }
      ahead.end();
    } catch (error) {
      ahead.end(error);
    }
  }
  try {
    for (let run = await ahead.take(); run; run = await ahead.take()) yield run;
  } finally {
    closing.abort();
    ahead.abandon();
    await reading;
  }
}

async function write(
  { gateway, pool, alongside }: FollowOptions,
  blocks: [Block, ...Block[]],
): Promise<void> {
  const rows = rowsOf(blocks, gateway.connection.chaincode);
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const wrote = await writeRows(client, liveSchema, { from: blocks[0].number, rows, alongside });
    if (!wrote) throw new Error("the tables have moved on: starting again from where they are");
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    throw broken;
  } finally {
    client.release(broken);
  }
}

/**
 * The last block in the tables, as the ledger has it. It must be the ledger's: a ledger restored from an older copy, or
 * another one, is not followed.
 */
async function checkedEnd(gateway: LedgerGateway, end: ChainEnd): Promise<Block | undefined> {
  if (end.height === 0) return undefined;
  const last = end.height - 1;
  const testimonies = await gateway.testimonies({ number: last }, patience);
  for (const { block } of blocksIn(testimonies)) {
    if (Buffer.compare(block.hash, end.hash) === 0) return block;
    throw new ChainError(
      last,
      "previousHash",
      "the ledger now shows another block than the one in the tables",
    );
  }
  // One organisation's peer may be behind another's that was followed; all of them are not.
  const heights = testimonies.map(({ said }) => (said.what === "none" ? said.height : undefined));
  if (heights.includes(undefined))
    throw new LedgerUnavailableError(`no organisation that answers has block ${last} yet`);
  const height = Math.max(...heights.filter((one) => one !== undefined));
  throw new ChainError(last, "number", `the tables hold it, but the ledger ends at height ${height}`);
}

function isFault(error: unknown): error is Error {
  return (
    error instanceof ChainError || error instanceof BlockFormatError || error instanceof UnknownEventError
  );
}

function lastOf(blocks: [Block, ...Block[]]): Block {
  return blocks.at(-1) ?? blocks[0];
}

/** Between the stream and the database: blocks come one by one and are written as many at once as are there. */
class BlockQueue {
  #blocks: Block[] = [];
  #ended = false;
  #error: unknown;
  #changed: () => void = () => undefined;
  #change: Promise<void> = Promise.resolve();

  constructor() {
    this.#renew();
  }

  async put(block: Block): Promise<void> {
    this.#blocks.push(block);
    this.#tell();
    while (this.#blocks.length >= blocksAhead && !this.#ended) await this.#change;
  }

  end(error?: unknown): void {
    this.#ended = true;
    this.#error ??= error;
    this.#tell();
  }

  abandon(): void {
    this.#blocks = [];
    this.end();
  }

  async take(): Promise<[Block, ...Block[]] | undefined> {
    while (this.#blocks.length === 0) {
      if (this.#error) throw this.#error;
      if (this.#ended) return undefined;
      await this.#change;
    }
    let transactions = 0;
    let count = 0;
    for (const block of this.#blocks.slice(0, blocksAtOnce)) {
      transactions += block.transactions.length;
      if (count > 0 && transactions > transactionsAtOnce) break;
      count += 1;
    }
    const run = this.#blocks.splice(0, count);
    this.#tell();
    return run as [Block, ...Block[]];
  }

  #tell(): void {
    this.#changed();
    this.#renew();
  }

  #renew(): void {
    this.#change = new Promise((resolve) => {
      this.#changed = resolve;
    });
  }
}
