import { sha256 } from "../../evidence/hash";
import type { MetadataEntry, Version } from "../../evidence/types";
import type { BlockFile } from "./block-file";
import { SimulationError } from "./errors";
import { historyOf } from "./history";
import { RangeScan } from "./range-scan";
import { ReadWriteSetBuilder } from "./read-write-set-builder";
import { entries, type LevelSnapshot, type StateView } from "./state-database";
import type { HistoryEntry, KeyValue, Page, ResultIterator, SimulationResult, Simulator } from "./types";

const NOTHING = new Uint8Array(0);

/** One transaction on a snapshot of the state. The rules and messages are those of Fabric's `txmgr.txSimulator`. */
export class TransactionSimulator implements Simulator {
  readonly height: number;
  private readonly set = new ReadWriteSetBuilder();
  private readonly iterators: ResultIterator<unknown>[] = [];
  private readonly state: StateView;
  private hasWritten = false;
  private hasQueriedPrivateData = false;
  private hasPaged = false;
  private isDone = false;

  constructor(
    readonly transactionId: string,
    private readonly captured: { view: StateView; snapshot: LevelSnapshot },
    private readonly blocks: BlockFile,
  ) {
    this.state = captured.view;
    this.height = this.state.savepoint().height;
  }

  async getState(namespace: string, key: string): Promise<Uint8Array | undefined> {
    return this.read(namespace, key)?.value;
  }

  putState(namespace: string, key: string, value: Uint8Array): void {
    this.assertMayWrite();
    this.set.write(namespace, key, value);
  }

  delState(namespace: string, key: string): void {
    this.putState(namespace, key, NOTHING);
  }

  async getStateMetadata(namespace: string, key: string): Promise<readonly MetadataEntry[]> {
    return entries(this.read(namespace, key));
  }

  setStateMetadata(namespace: string, key: string, list: readonly MetadataEntry[]): void {
    this.assertMayWrite();
    this.set.metadata(namespace, key, list);
  }

  getStateByRange(namespace: string, start: string, end: string): ResultIterator<KeyValue> {
    this.assertRunning();
    return this.recordedScan(namespace, start, end);
  }

  async getStateByRangePage(
    namespace: string,
    start: string,
    end: string,
    pageSize: number,
    bookmark: string,
  ): Promise<Page> {
    this.assertRunning();
    if (this.hasWritten)
      throw this.unsupported("Paginated queries are supported only in a read-only transaction");
    this.hasPaged = true;
    const scan = this.recordedScan(namespace, bookmark === "" ? start : bookmark, end);
    const results: KeyValue[] = [];
    while (results.length < pageSize) {
      const next = await scan.next();
      if (!next) return { results, bookmark: "" };
      results.push(next);
    }
    return { results, bookmark: await scan.peek() };
  }

  getHistory(namespace: string, key: string): ResultIterator<HistoryEntry> {
    this.assertRunning();
    return this.keep(historyOf(namespace, key, this.state, this.blocks));
  }

  async getPrivateData(namespace: string, collection: string, key: string): Promise<Uint8Array | undefined> {
    this.assertRunning();
    const found = this.state.private(namespace, collection, key);
    const hashed = this.state.hashed(namespace, collection, hashOf(key))?.version;
    if (hashed?.block !== found?.version.block || hashed?.transaction !== found?.version.transaction) {
      throw new SimulationError(
        "private data matching public hash version is not available. " +
          `Public hash version = ${describe(hashed)}, Private data version = ${describe(found?.version)}`,
      );
    }
    this.set.hashedRead(namespace, collection, key, found?.version);
    return found?.value;
  }

  async getPrivateDataHash(
    namespace: string,
    collection: string,
    key: string,
  ): Promise<Uint8Array | undefined> {
    return this.readHash(namespace, collection, key)?.value;
  }

  putPrivateData(namespace: string, collection: string, key: string, value: Uint8Array): void {
    this.assertMayWrite();
    this.set.privateWrite(namespace, collection, key, value);
  }

  delPrivateData(namespace: string, collection: string, key: string): void {
    this.putPrivateData(namespace, collection, key, NOTHING);
  }

  purgePrivateData(namespace: string, collection: string, key: string): void {
    this.assertMayWrite();
    this.set.privateWrite(namespace, collection, key, NOTHING, true);
  }

  getPrivateDataByRange(
    namespace: string,
    collection: string,
    start: string,
    end: string,
  ): ResultIterator<KeyValue> {
    this.assertRunning();
    if (this.hasWritten) {
      throw this.unsupported("Queries on pvt data is supported only in a read-only transaction");
    }
    this.hasQueriedPrivateData = true;
    return this.keep(new RangeScan(this.state.privateRange(namespace, collection, start, end)));
  }

  async getPrivateDataMetadata(
    namespace: string,
    collection: string,
    key: string,
  ): Promise<readonly MetadataEntry[]> {
    return entries(this.readHash(namespace, collection, key));
  }

  setPrivateDataMetadata(
    namespace: string,
    collection: string,
    key: string,
    list: readonly MetadataEntry[],
  ): void {
    this.assertMayWrite();
    this.set.privateMetadata(namespace, collection, key, list);
  }

  result(): SimulationResult {
    this.assertRunning();
    this.isDone = true;
    return this.set.result();
  }

  async close(): Promise<void> {
    this.isDone = true;
    for (const each of this.iterators.splice(0)) await each.close();
    await this.captured.snapshot.close();
  }

  private read(namespace: string, key: string) {
    this.assertRunning();
    const found = this.state.value(namespace, key);
    this.set.read(namespace, key, found?.version);
    return found;
  }

  private readHash(namespace: string, collection: string, key: string) {
    this.assertRunning();
    const found = this.state.hashed(namespace, collection, hashOf(key));
    this.set.hashedRead(namespace, collection, key, found?.version);
    return found;
  }

  private recordedScan(namespace: string, start: string, end: string): RangeScan {
    const scan = new RangeScan(this.state.range(namespace, start, end), { namespace, start, end });
    this.set.rangeQuery(namespace, () => scan.query());
    return this.keep(scan);
  }

  private keep<T extends ResultIterator<unknown>>(iterator: T): T {
    this.iterators.push(iterator);
    return iterator;
  }

  private assertMayWrite(): void {
    this.assertRunning();
    if (this.hasQueriedPrivateData) {
      throw this.unsupported("Transaction has already performed queries on pvt data. Writes are not allowed");
    }
    if (this.hasPaged) {
      throw this.unsupported("Transaction has already performed a paginated query. Writes are not allowed");
    }
    this.hasWritten = true;
  }

  private assertRunning(): void {
    if (this.isDone) throw new SimulationError("this instance should not be used after calling Done()");
  }

  // The misspelling is Fabric's: clients compare messages.
  private unsupported(what: string): SimulationError {
    return new SimulationError(`txid [${this.transactionId}]: unsuppored transaction. ${what}`);
  }
}

function hashOf(key: string): Uint8Array {
  return sha256(Buffer.from(key));
}

function describe(version: Version | undefined): string {
  return version ? `{BlockNum: ${version.block}, TxNum: ${version.transaction}}` : "<nil>";
}
