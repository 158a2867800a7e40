import type { MetadataEntry, Transaction, Version } from "../../evidence/types";

/**
 * What the rest of the peer may ask of its store. `openLedger(dir, options)` in `./open` gives a `Ledger`.
 * Keys are strings compared by their UTF-8 bytes, values bytes, as in Fabric's ledger package.
 */
export interface Ledger {
  /** Number of blocks; the next block has this number. */
  readonly height: number;
  /** Header hash of the last block; empty on an empty ledger. */
  readonly lastHash: Uint8Array;
  /** Number of the last block holding a channel configuration, 0 before the first. */
  readonly lastConfigBlock: number;
  /** What this start had to mend. */
  readonly recovery: Recovery;

  /** The serialised `common.Block`, undefined above the height. */
  block(number: number): Promise<StoredBlock | undefined>;
  blockByHash(hash: Uint8Array): Promise<StoredBlock | undefined>;
  /** The first transaction ordered under this id, valid or not. */
  transaction(id: string): Promise<StoredTransaction | undefined>;
  /** Where it is, without reading the block. */
  locate(id: string): Promise<TransactionLocation | undefined>;
  /** Blocks from `from` to the height of the moment, then ends. Wait for more with `nextHeight`. */
  blocks(from: number): AsyncIterable<StoredBlock>;
  /** Resolves once the height is above `height`; rejects with the signal's reason or when the ledger closes. */
  nextHeight(height: number, signal?: AbortSignal): Promise<void>;

  /**
   * Orders, validates and keeps one block. Calls are queued: one block at a time. When the promise resolves the block is
   * on disk (fsynced), acknowledged, and its state can be read. A batch must not be empty.
   */
  commit(batch: readonly PreparedTransaction[]): Promise<CommittedBlock>;

  /** A simulator on the state as it is now. Must be closed. */
  simulator(transactionId: string): Simulator;
  /** Reads outside any transaction: `_lifecycle`, policies, tests. */
  state(namespace: string, key: string): Promise<StateValue | undefined>;
  /** A key's metadata, `collection` for private keys (by key hash). */
  validationParameter(key: PolicyKey): Promise<Uint8Array | undefined>;
  /** Private write sets of a block, of the collections `allowed` lets through, as `TxPvtReadWriteSet` by place in the block. */
  privateWrites(
    number: number,
    allowed: (namespace: string, collection: string) => boolean,
  ): Promise<ReadonlyMap<number, Uint8Array>>;

  /** A consistent copy in an empty or missing folder, while commits go on. `openLedger` opens it. */
  snapshot(dir: string): Promise<SnapshotReport>;
  /** Checks the whole chain again and every signature with the callbacks; throws `DamagedBlockError` at the first fault. */
  verify(checks: VerifyChecks): Promise<{ blocks: number; transactions: number }>;
  close(): Promise<void>;
}

export interface LedgerOptions {
  /** Signs each block as the orderer. Without it blocks carry no signature (tests of the store only). */
  readonly signer?: BlockSigner;
  /** Blocks after which a collection's values are removed; 0 or undefined keeps them for ever. */
  readonly blockToLive?: (namespace: string, collection: string) => number | undefined;
  /** Called while a start checks and replays blocks. */
  readonly onProgress?: (progress: StartProgress) => void;
}

export interface Recovery {
  /** Bytes of a last record that was being written when the process stopped; nobody was told of it. */
  readonly droppedBytes: number;
  /** Blocks the state lacked. */
  readonly replayedBlocks: number;
}

export interface StartProgress {
  readonly step: "checking" | "replaying";
  readonly done: number;
  readonly total: number;
}

export interface BlockSigner {
  /** A fresh serialised `common.SignatureHeader` (creator and nonce). */
  signatureHeader(): Uint8Array;
  /** Low-S DER ECDSA with SHA-256 over the message. */
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** What the orderer hands to `commit` for each envelope, in order. */
export interface PreparedTransaction {
  /** From `parseTransaction(envelopeBytes)` in `ledger/evidence/transaction`. */
  readonly transaction: Transaction;
  /**
   * `peer.TxValidationCode` of everything that does not depend on other transactions: signatures, creator, policy of the
   * chaincode. `VALID` (0) leaves the rest (duplicates, key-level policy, MVCC, phantoms) to the ledger.
   */
  readonly code: number;
  /**
   * Called once, in block order, for transactions with code `VALID` that no earlier block holds, with every key they write
   * (a key that is written and given metadata stands twice). Returns the transaction's code, so the whole policy decision
   * can be made here: as in Fabric the chaincode's policy counts only for keys without a parameter. `changedInBlock` marks
   * keys whose parameter an earlier transaction of the block changes: Fabric fails those with `ENDORSEMENT_POLICY_FAILURE`.
   */
  readonly checkKeyPolicies?: (policies: readonly KeyPolicy[]) => number;
  /** `SimulationResult.privateWrites` of the endorsement, where there are any. */
  readonly privateWrites?: Uint8Array;
}

/** A transaction with the code its signatures, creator and policies have earned it. */
export type Candidate = Pick<PreparedTransaction, "transaction" | "code" | "checkKeyPolicies">;

export interface PolicyKey {
  readonly namespace: string;
  /** Private keys: the collection, and `key` is the hexadecimal key hash. */
  readonly collection?: string;
  readonly key: string;
}

export interface KeyPolicy extends PolicyKey {
  /** The serialised `common.ApplicationPolicy` or `SignaturePolicyEnvelope` put by SetStateValidationParameter. */
  readonly parameter?: Uint8Array;
  readonly changedInBlock: boolean;
}

export interface StoredBlock {
  readonly number: number;
  /** Serialised `common.Block`. */
  readonly bytes: Uint8Array;
}

export interface TransactionLocation {
  readonly block: number;
  readonly index: number;
  /** `peer.TxValidationCode`. */
  readonly code: number;
}

export interface StoredTransaction extends TransactionLocation {
  /** Serialised `common.Envelope`. */
  readonly envelope: Uint8Array;
}

export interface CommittedBlock extends StoredBlock {
  readonly hash: Uint8Array;
  /** `peer.TxValidationCode` of each transaction. */
  readonly codes: readonly number[];
}

export interface StateValue {
  readonly value: Uint8Array;
  readonly version: Version;
  readonly metadata: readonly MetadataEntry[];
}

/**
 * One transaction's view: everything read comes from the state at its making, never from its own writes (as Fabric).
 * All functions throw `SimulationError` with Fabric's message where Fabric refuses; the chaincode gets it as an error.
 */
export interface Simulator {
  readonly transactionId: string;
  /** Height the state was at. */
  readonly height: number;

  getState(namespace: string, key: string): Promise<Uint8Array | undefined>;
  putState(namespace: string, key: string, value: Uint8Array): void;
  delState(namespace: string, key: string): void;
  getStateMetadata(namespace: string, key: string): Promise<readonly MetadataEntry[]>;
  setStateMetadata(namespace: string, key: string, entries: readonly MetadataEntry[]): void;
  /**
   * [start, end) in UTF-8 byte order; an empty end is the end of the namespace. As in Fabric it is the chaincode's shim that
   * turns an empty start into U+0001 and so leaves composite keys (which begin with U+0000) out.
   */
  getStateByRange(namespace: string, start: string, end: string): ResultIterator<KeyValue>;
  /** A page of it; only in transactions that write nothing. `bookmark` replaces the start when not empty. */
  getStateByRangePage(
    namespace: string,
    start: string,
    end: string,
    pageSize: number,
    bookmark: string,
  ): Promise<Page>;
  /** Newest first. Not part of the read set. */
  getHistory(namespace: string, key: string): ResultIterator<HistoryEntry>;

  getPrivateData(namespace: string, collection: string, key: string): Promise<Uint8Array | undefined>;
  getPrivateDataHash(namespace: string, collection: string, key: string): Promise<Uint8Array | undefined>;
  putPrivateData(namespace: string, collection: string, key: string, value: Uint8Array): void;
  delPrivateData(namespace: string, collection: string, key: string): void;
  purgePrivateData(namespace: string, collection: string, key: string): void;
  /** Not protected against phantoms: a transaction that does this may not write. */
  getPrivateDataByRange(
    namespace: string,
    collection: string,
    start: string,
    end: string,
  ): ResultIterator<KeyValue>;
  getPrivateDataMetadata(
    namespace: string,
    collection: string,
    key: string,
  ): Promise<readonly MetadataEntry[]>;
  setPrivateDataMetadata(
    namespace: string,
    collection: string,
    key: string,
    entries: readonly MetadataEntry[],
  ): void;

  /** Ends the simulation; nothing may be called after it but `close`. */
  result(): SimulationResult;
  /** Frees the state's snapshot and all iterators. May be called twice. */
  close(): Promise<void>;
}

export interface SimulationResult {
  /** Serialised `rwset.TxReadWriteSet`: goes into `ChaincodeAction.results`. */
  readonly publicSet: Uint8Array;
  /** Serialised `rwset.TxPvtReadWriteSet`, where private data was written. */
  readonly privateWrites?: Uint8Array;
  /** Collections touched, for policy checks: `[namespace, collection]`. */
  readonly collections: readonly (readonly [namespace: string, collection: string])[];
  readonly isReadOnly: boolean;
}

/** Read sets hold what was taken with `next`, so take no more than the chaincode is sent. */
export interface ResultIterator<T> {
  next(): Promise<T | undefined>;
  close(): Promise<void>;
}

export interface KeyValue {
  readonly key: string;
  readonly value: Uint8Array;
}

export interface Page {
  readonly results: readonly KeyValue[];
  /** The key the next page begins at; empty on the last page. */
  readonly bookmark: string;
}

export interface HistoryEntry {
  readonly transactionId: string;
  readonly value: Uint8Array;
  readonly isDelete: boolean;
  readonly timestamp: { readonly seconds: number; readonly nanos: number };
}

export interface SnapshotReport {
  readonly height: number;
  readonly bytes: number;
}

/** Each throws or returns false on a bad signature. */
export interface VerifyChecks {
  /** Creator's signature and every endorsement of a transaction. */
  readonly transaction?: (transaction: Transaction) => boolean | Promise<boolean>;
  /** The orderer's signature over a block. */
  readonly blockSignature?: (signature: {
    creator: { mspId: string; certificatePem: string };
    signature: Uint8Array;
    signedBytes: Uint8Array;
  }) => boolean | Promise<boolean>;
}
