import { common } from "@hyperledger/fabric-protos";
import { parseBlock, readBlock } from "../../evidence/block";
import type { ChainEnd } from "../../evidence/chain";
import { validationCodes } from "../../evidence/codes";
import { commitHash } from "../../evidence/commit-hash";
import { encodePrivateCollection, encodePrivateWrites } from "../../evidence/private-writes";
import type { AcknowledgementFile } from "./acknowledgement";
import { applyBlock, type BlockToLive } from "./application";
import { buildBlock } from "./block-builder";
import type { BlockFile } from "./block-file";
import { CommitError, LedgerClosedError } from "./errors";
import { HeightWaiters } from "./height-waiters";
import { validationParameter } from "./key-policies";
import { matchingPrivateWrites } from "./private-hashes";
import type { PrivateStore } from "./private-store";
import { TransactionSimulator } from "./simulator";
import { copyLedger } from "./snapshot";
import { type StateDatabase, stateValue } from "./state-database";
import type {
  CommittedBlock,
  Ledger,
  LedgerOptions,
  PolicyKey,
  PreparedTransaction,
  Recovery,
  SnapshotReport,
  StateValue,
  StoredBlock,
  StoredTransaction,
  TransactionLocation,
  VerifyChecks,
} from "./types";
import { validateBlock } from "./validator";
import { verifyChain } from "./verify";

/** The files of an open ledger and where its chain ends. */
export interface OpenFiles {
  readonly blocks: BlockFile;
  readonly acknowledgement: AcknowledgementFile;
  readonly state: StateDatabase;
  readonly privateStore: PrivateStore;
  readonly end: ChainEnd;
  readonly commitHash: Uint8Array | undefined;
  readonly lastConfigBlock: number;
  readonly recovery: Recovery;
}

export class FileLedger implements Ledger {
  private end: ChainEnd;
  private commitHash: Uint8Array | undefined;
  private configBlock: number;
  private readonly waiters = new HeightWaiters();
  private queue: Promise<unknown> = Promise.resolve();
  private readonly blockToLive: BlockToLive;
  private failure: CommitError | undefined;
  private isClosed = false;

  constructor(
    private readonly files: OpenFiles,
    private readonly options: LedgerOptions,
  ) {
    this.blockToLive = options.blockToLive ?? (() => 0);
    this.end = files.end;
    this.commitHash = files.commitHash;
    this.configBlock = files.lastConfigBlock;
  }

  get height(): number {
    return this.end.height;
  }

  get lastHash(): Uint8Array {
    return this.end.hash;
  }

  get lastConfigBlock(): number {
    return this.configBlock;
  }

  get recovery(): Recovery {
    return this.files.recovery;
  }

  async block(number: number): Promise<StoredBlock | undefined> {
    this.assertOpen();
    // The file may already hold a block that is not yet acknowledged.
    const bytes = number < this.height ? await this.files.blocks.read(number) : undefined;
    return bytes && { number, bytes };
  }

  async blockByHash(hash: Uint8Array): Promise<StoredBlock | undefined> {
    this.assertOpen();
    const number = this.files.state.numberOf(hash);
    return number === undefined ? undefined : await this.block(number);
  }

  async transaction(id: string): Promise<StoredTransaction | undefined> {
    const location = await this.locate(id);
    const block = location && (await this.block(location.block));
    const envelope = block && readBlock(block.bytes).envelopes[location.index];
    return envelope && { ...location, envelope };
  }

  async locate(id: string): Promise<TransactionLocation | undefined> {
    this.assertOpen();
    const location = this.files.state.location(id);
    return location && location.block < this.height ? location : undefined;
  }

  async *blocks(from: number): AsyncGenerator<StoredBlock> {
    const end = this.height;
    for (let number = from; number < end; number += 1) {
      const block = await this.block(number);
      if (block) yield block;
    }
  }

  async nextHeight(height: number, signal?: AbortSignal): Promise<void> {
    this.assertOpen();
    if (this.height <= height) await this.waiters.above(height, signal);
  }

  commit(batch: readonly PreparedTransaction[]): Promise<CommittedBlock> {
    return this.alone(() => this.commitNow(batch));
  }

  simulator(transactionId: string): TransactionSimulator {
    this.assertOpen();
    return new TransactionSimulator(transactionId, this.files.state.capture(), this.files.blocks);
  }

  async state(namespace: string, key: string): Promise<StateValue | undefined> {
    this.assertOpen();
    const found = this.files.state.value(namespace, key);
    return found && stateValue(found);
  }

  async validationParameter(key: PolicyKey): Promise<Uint8Array | undefined> {
    this.assertOpen();
    return validationParameter(key, this.files.state);
  }

  async privateWrites(
    number: number,
    allowed: (namespace: string, collection: string) => boolean,
  ): Promise<ReadonlyMap<number, Uint8Array>> {
    this.assertOpen();
    if (number >= this.height) return new Map();
    const visible = new Map<number, Uint8Array>();
    for (const [index, sets] of await this.files.privateStore.ofBlock(number)) {
      const shown = sets
        .filter((set) => allowed(set.namespace, set.collection))
        .map((set) => ({ ...set, bytes: encodePrivateCollection(set.writes, set.metadataKeys) }));
      if (shown.length > 0) visible.set(index, encodePrivateWrites(shown));
    }
    return visible;
  }

  async snapshot(dir: string): Promise<SnapshotReport> {
    // Only the choice of the moment keeps commits waiting, not the copying.
    const moment = await this.alone(async () => ({
      end: this.end,
      length: this.files.blocks.length,
      private: this.files.privateStore.capture(),
    }));
    try {
      return await copyLedger(dir, this.files.blocks, this.files.privateStore, moment);
    } finally {
      await moment.private.close();
    }
  }

  async verify(checks: VerifyChecks): Promise<{ blocks: number; transactions: number }> {
    return await verifyChain(
      this.blocks(0),
      (number) => this.files.blocks.offset(number),
      checks,
      this.blockToLive,
    );
  }

  async close(): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    await this.queue.catch(() => undefined);
    this.waiters.reject(new LedgerClosedError());
    await this.files.state.close();
    await this.files.privateStore.close();
    await this.files.blocks.close();
    await this.files.acknowledgement.close();
  }

  private alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.isClosed) return Promise.reject(new LedgerClosedError());
    const result = this.queue.then(() => {
      if (this.failure) throw this.failure;
      return work();
    });
    this.queue = result.catch(() => undefined);
    return result;
  }

  private async commitNow(batch: readonly PreparedTransaction[]): Promise<CommittedBlock> {
    if (batch.length === 0) throw new CommitError(true, "a block holds at least one transaction");
    const { state, privateStore, blocks, acknowledgement } = this.files;
    const number = this.height;
    const { codes, updates } = await validateBlock(number, batch, state);
    const privateWrites = matchingPrivateWrites(batch, codes);
    // As in Fabric the genesis block has none, and the chain of commit hashes begins at block 1.
    const nextCommitHash =
      number === 0 ? undefined : commitHash(codes, updates.updates(), this.commitHash ?? new Uint8Array(0));
    const lastConfig = hasNewConfiguration(batch, codes) ? number : this.configBlock;
    const transactions = batch.map((each) => each.transaction);
    const { bytes, hash } = await buildBlock(
      {
        number,
        previousHash: this.end.hash,
        envelopes: transactions.map((each) => each.envelope),
        codes,
        commitHash: nextCommitHash,
        lastConfig,
      },
      this.options.signer,
    );
    try {
      await privateStore.put(number, privateWrites);
      await blocks.append(bytes);
    } catch (error) {
      await this.giveUp(number, error);
    }

    // From here the block exists: whatever fails now, only a new start may go on.
    const height = number + 1;
    const steps = await Promise.allSettled([
      acknowledgement.write({ height, length: blocks.length, hash }),
      applyBlock(
        { number, hash, transactions, codes, updates, privateWrites },
        state,
        privateStore,
        this.blockToLive,
      ),
    ]);
    const failed = steps.find((step) => step.status === "rejected");
    if (failed) {
      this.failure = new CommitError(false, `block ${number} is kept, its state is not`, {
        cause: failed.reason,
      });
      throw this.failure;
    }
    this.end = { height, hash };
    this.commitHash = nextCommitHash;
    this.configBlock = lastConfig;
    this.waiters.reached(height);
    return { number, bytes, hash, codes: [...codes] };
  }

  /** Leaves the ledger as it was before the block, or closed to further ones. */
  private async giveUp(number: number, error: unknown): Promise<never> {
    const failure =
      error instanceof CommitError
        ? error
        : new CommitError(false, "private data could not be kept", { cause: error });
    if (!failure.usable) this.failure = failure;
    else await this.files.privateStore.dropFrom(number);
    throw failure;
  }

  private assertOpen(): void {
    if (this.isClosed) throw new LedgerClosedError();
  }
}

/** True when the block itself is the channel's configuration from now on. */
function hasNewConfiguration(batch: readonly PreparedTransaction[], codes: Uint8Array): boolean {
  return batch.some(
    ({ transaction }, index) =>
      transaction.type === common.HeaderType.CONFIG && codes[index] === validationCodes.VALID,
  );
}

/** What a stored block says about itself, for replaying it. */
export function replayable(bytes: Uint8Array) {
  const block = parseBlock(bytes);
  return { ...block, codes: Uint8Array.from(block.transactions, (transaction) => transaction.code) };
}
