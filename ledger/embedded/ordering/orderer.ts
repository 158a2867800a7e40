import { common } from "@hyperledger/fabric-protos";
import { validationCodes } from "../../evidence/codes";
import type { Envelope } from "../../evidence/protobuf/messages";
import { parseTransaction } from "../../evidence/transaction";
import type { Transaction } from "../../evidence/types";
import type { Log } from "../log";
import { isExpired } from "../msp/identity";
import type { CommittedBlock, Ledger, PreparedTransaction, TransactionLocation } from "../store/types";
import { bytesField, messageOf } from "../wire";
import { after } from "./after";
import type { TransientStore } from "./transient-store";
import {
  checkPolicies,
  isSignedByCreator,
  revalidate,
  type Validated,
  type ValidationOptions,
  validateTransaction,
} from "./validation";

export interface BatchLimits {
  /** Transactions in a block. */
  readonly count: number;
  /** Bytes of envelopes in a block; one larger envelope gets a block of its own. */
  readonly bytes: number;
  /** While transactions keep coming, blocks follow each other at this distance. One that is alone never waits. */
  readonly timeoutMs: number;
}

export interface OrdererOptions extends ValidationOptions {
  readonly ledger: Ledger;
  readonly transientStore: TransientStore;
  readonly limits: BatchLimits;
  readonly log: Log;
  /** The ledger cannot go on: its disk refused a block. */
  readonly onFailure: (error: unknown) => void;
}

/** The orderer did not take an envelope. `status` is a `common.Status` name. */
export class OrderingRefusedError extends Error {
  override readonly name = "OrderingRefusedError";
  constructor(
    readonly status: "BAD_REQUEST" | "FORBIDDEN" | "SERVICE_UNAVAILABLE",
    message: string,
  ) {
    super(message);
  }
}

export type CommitListener = (block: CommittedBlock, transactions: readonly Transaction[]) => void;

/** Envelopes taken and not yet in a block; above it clients are told to come back. */
const maximumQueue = 20_000;
/** `BatchSize.absolute_max_bytes` of Fabric's sample configuration. */
export const maximumEnvelopeBytes = 10_000_000;
/** Private data of transactions endorsed this many blocks ago and never submitted is forgotten. */
const transientBlocks = 1000;
const transientPurgeInterval = 100;
/** Between blocks where nothing more is expected: a burst of single transactions shares some. */
const leastDistanceMs = 5;

interface Queued {
  readonly validated: Validated;
  readonly bytes: number;
}

/** Takes signed envelopes, puts them in order, cuts blocks and has the ledger keep them. */
export class Orderer {
  readonly #queue: Queued[] = [];
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #listeners = new Set<CommitListener>();
  #committing: Promise<void> | undefined;
  /** Takes back the next cut, while one is planned. */
  #takeBack: (() => void) | undefined;
  /** When that cut is. */
  #due = 0;
  #queuedBytes = 0;
  #endorsing = 0;
  #lastCut = Number.NEGATIVE_INFINITY;
  #stopped = false;

  constructor(private readonly options: OrdererOptions) {}

  /** Called after each block, in order, once it is on disk. */
  onCommit(listener: CommitListener): void {
    this.#listeners.add(listener);
  }

  /** Tells that a proposal is being endorsed: its transaction is likely to follow, and a block may wait for it. */
  async expect<T>(endorsing: () => Promise<T>): Promise<T> {
    this.#endorsing += 1;
    try {
      return await endorsing();
    } finally {
      this.#endorsing -= 1;
    }
  }

  /**
   * Takes an envelope for the next block; resolves before it is committed.
   * @throws OrderingRefusedError
   */
  async submit({ payload, signature }: Envelope): Promise<void> {
    if (this.#stopped || this.#queue.length >= maximumQueue) throw unavailable();
    const bytes = messageOf(bytesField(1, payload), bytesField(2, signature));
    if (bytes.length > maximumEnvelopeBytes)
      throw new OrderingRefusedError(
        "BAD_REQUEST",
        `message payload is ${bytes.length} bytes and exceeds maximum allowed ${maximumEnvelopeBytes} bytes`,
      );
    const transaction = parseTransaction(bytes);
    await this.#admit(transaction);
    if (this.#stopped) throw unavailable();
    this.#queue.push({ validated: validateTransaction(transaction, this.options), bytes: bytes.length });
    this.#queuedBytes += bytes.length;
    this.#schedule();
  }

  /** Commits a block of one configuration transaction that the node itself makes. */
  async commitConfiguration(envelope: Uint8Array): Promise<void> {
    const transaction = parseTransaction(envelope);
    await this.#commit([{ transaction, code: validationCodes.VALID }]);
  }

  /** Where the first transaction with this id is, waiting for it if need be. @throws the signal's reason */
  async committed(transactionId: string, signal: AbortSignal): Promise<TransactionLocation> {
    for (;;) {
      // Asked before the ledger is, so that no commit falls between the two.
      const { promise, stop } = this.#waitFor(transactionId, signal);
      try {
        const found = await this.options.ledger.locate(transactionId);
        if (found) return found;
        await promise;
      } finally {
        stop();
      }
    }
  }

  /** Lets what is queued be committed, takes nothing new. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#drain();
  }

  /** What an orderer checks before it takes an envelope (`orderer/common/msgprocessor`). */
  async #admit(transaction: Transaction): Promise<void> {
    if (transaction.type === -1 || transaction.channel !== this.options.channel)
      throw new OrderingRefusedError("BAD_REQUEST", `channel ${transaction.channel} is not supported`);
    if (transaction.type !== common.HeaderType.ENDORSER_TRANSACTION)
      throw new OrderingRefusedError("BAD_REQUEST", "message is of type that cannot be processed directly");
    if (!(await isSignedByCreator(transaction, this.options.identities)))
      throw new OrderingRefusedError(
        "FORBIDDEN",
        "implicit policy evaluation failed - 0 sub-policies were satisfied, but this policy requires 1 of the 'Writers' sub-policies to be satisfied: permission denied",
      );
    if (isExpired(this.options.identities.find(transaction.creator.bytes)))
      throw new OrderingRefusedError("BAD_REQUEST", "broadcast client identity expired");
  }

  #schedule(): void {
    if (this.#committing || this.#queue.length === 0) return;
    const { count, bytes, timeoutMs } = this.options.limits;
    const isFull = this.#queue.length >= count || this.#queuedBytes >= bytes;
    const now = performance.now();
    const distance = this.#endorsing === 0 ? Math.min(timeoutMs, leastDistanceMs) : timeoutMs;
    const due = isFull ? now : Math.max(now, this.#lastCut + distance);
    if (this.#takeBack && this.#due <= due) return;
    this.#takeBack?.();
    this.#due = due;
    this.#takeBack = after(due - now, () => {
      this.#takeBack = undefined;
      this.#committing = this.#cutAndCommit().finally(() => {
        this.#committing = undefined;
        this.#schedule();
      });
    });
  }

  async #cutAndCommit(): Promise<void> {
    this.#lastCut = performance.now();
    const batch: PreparedTransaction[] = [];
    let bytes = 0;
    while (batch.length < this.options.limits.count) {
      const next = this.#queue[0];
      if (!next || (batch.length > 0 && bytes + next.bytes > this.options.limits.bytes)) break;
      this.#queue.shift();
      bytes += next.bytes;
      this.#queuedBytes -= next.bytes;
      batch.push(await this.#prepare(revalidate(next.validated, this.options)));
    }
    try {
      await this.#commit(batch);
    } catch (error) {
      this.#stopped = true;
      this.options.onFailure(error);
    }
  }

  async #prepare({ transaction, code, endorsers }: Validated): Promise<PreparedTransaction> {
    if (code !== validationCodes.VALID) return { transaction, code };
    const payload = transaction.action?.responsePayload;
    const writesPrivately = transaction.action?.hashedWrites.length;
    const privateWrites =
      payload && writesPrivately
        ? await this.options.transientStore.find(transaction.id, payload)
        : undefined;
    return {
      transaction,
      code,
      checkKeyPolicies: (keys) => checkPolicies(keys, endorsers, this.options),
      ...(privateWrites && { privateWrites }),
    };
  }

  async #commit(batch: readonly PreparedTransaction[]): Promise<void> {
    const block = await this.options.ledger.commit(batch);
    const transactions = batch.map(({ transaction }, index) => ({
      ...transaction,
      index,
      code: block.codes[index] ?? validationCodes.NOT_VALIDATED,
    }));
    for (const listener of this.#listeners) listener(block, transactions);
    for (const { id } of transactions) for (const wake of this.#waiting.get(id) ?? []) wake();
    for (const { transaction, privateWrites } of batch)
      if (privateWrites) await this.options.transientStore.forget(transaction.id);
    if (block.number % transientPurgeInterval === 0)
      await this.options.transientStore.purgeBelow(block.number - transientBlocks);
  }

  #waitFor(transactionId: string, signal: AbortSignal): { promise: Promise<void>; stop: () => void } {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // The caller may leave before it awaits.
    promise.catch(() => undefined);
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    const waiting = this.#waiting.get(transactionId) ?? new Set();
    this.#waiting.set(transactionId, waiting.add(resolve));
    const stop = () => {
      signal.removeEventListener("abort", abort);
      waiting.delete(resolve);
      if (waiting.size === 0) this.#waiting.delete(transactionId);
    };
    return { promise, stop };
  }

  async #drain(): Promise<void> {
    while (this.#committing || this.#queue.length > 0) {
      if (!this.#committing) this.#schedule();
      await (this.#committing ?? new Promise((resolve) => setTimeout(resolve, 1)));
    }
  }
}

function unavailable(): OrderingRefusedError {
  return new OrderingRefusedError("SERVICE_UNAVAILABLE", "the ledger takes no transactions at the moment");
}
