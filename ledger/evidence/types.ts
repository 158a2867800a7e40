/**
 * The domain shapes of a Fabric block. Field by field they are what `common.Block` and the messages inside it hold
 * (fabric-protos `common/common.proto`, `peer/transaction.proto`, `ledger/rwset/*.proto`), with the nesting of
 * serialised messages removed. All byte fields are views on the bytes that were parsed: do not change them.
 */

export interface Block {
  readonly number: number;
  /** 32 bytes; empty in block 0. */
  readonly previousHash: Uint8Array;
  /** SHA-256 of the concatenated envelopes, as the header states it. `checkBlock` compares it with the data. */
  readonly dataHash: Uint8Array;
  /** SHA-256 of the ASN.1 header: what the next block's `previousHash` holds. */
  readonly hash: Uint8Array;
  readonly transactions: readonly Transaction[];
  /** Signatures of the ordering side over the header. */
  readonly signatures: readonly BlockSignature[];
  /** `BlockMetadataIndex.COMMIT_HASH`; absent where the peer keeps none. */
  readonly commitHash?: Uint8Array;
}

export interface BlockSignature {
  readonly creator: Identity;
  readonly signature: Uint8Array;
  /** The bytes that were signed: metadata value ‖ signature header ‖ ASN.1 block header. */
  readonly signedBytes: Uint8Array;
}

/** One entry of a block: an envelope that was ordered, whether or not it turned out valid. */
export interface Transaction {
  /** Place in the block; 0 outside a block. */
  readonly index: number;
  /** `peer.TxValidationCode`; `NOT_VALIDATED` (254) outside a block. */
  readonly code: number;
  /** Hexadecimal SHA-256 of nonce ‖ creator. Empty where the envelope cannot be read. */
  readonly id: string;
  /** `common.HeaderType`: 3 for a chaincode transaction, 1 for a channel configuration. */
  readonly type: number;
  readonly channel: string;
  /** Always 0 in what Fabric takes as valid. */
  readonly epoch: number;
  /** The time its sender stated, to the millisecond, and the nanoseconds within its second. */
  readonly timestamp: Date;
  readonly timestampNanos: number;
  readonly creator: Identity;
  readonly nonce: Uint8Array;
  /** Signature of the creator over `payload`. */
  readonly signature: Uint8Array;
  readonly payload: Uint8Array;
  /** The `common.Envelope` as it was ordered. */
  readonly envelope: Uint8Array;
  /** Absent for configuration transactions and for envelopes that cannot be read to the end. */
  readonly action?: ChaincodeAction;
  /**
   * Why the envelope cannot be read to the end, with the `peer.TxValidationCode` that Fabric gives it; the rest of the
   * fields is what could be read.
   */
  readonly unreadable?: { readonly code: number; readonly reason: string };
}

export interface ChaincodeAction {
  readonly chaincode: string;
  readonly chaincodeVersion: string;
  /** The chaincode that the channel header names: the same one in what is valid. */
  readonly namedChaincode: string;
  readonly functionName: string;
  /** The arguments after the function's name. */
  readonly args: readonly Uint8Array[];
  readonly response: { readonly status: number; readonly message: string; readonly payload: Uint8Array };
  readonly event?: ChaincodeEvent;
  readonly endorsements: readonly Endorsement[];
  /** `peer.ProposalResponsePayload`, which every endorser signed followed by its own identity. */
  readonly responsePayload: Uint8Array;
  readonly proposalHash: Uint8Array;
  /** SHA-256 over channel header ‖ the action's header ‖ proposal payload without transient data: what `proposalHash` must be. */
  readonly expectedProposalHash: Uint8Array;
  /** One set a namespace, in the order of the transaction. */
  readonly readWriteSets: readonly ReadWriteSet[];
  /** All namespaces' public writes, reads and hashed writes, in order. */
  readonly writes: readonly Write[];
  readonly reads: readonly Read[];
  readonly hashedWrites: readonly HashedWrite[];
}

export interface Identity {
  readonly mspId: string;
  readonly certificatePem: string;
  /** The serialised `msp.SerializedIdentity`. */
  readonly bytes: Uint8Array;
}

export interface Endorsement {
  readonly endorser: Identity;
  readonly signature: Uint8Array;
}

export interface ChaincodeEvent {
  readonly chaincode: string;
  readonly transactionId: string;
  readonly name: string;
  readonly payload: Uint8Array;
}

/** Where a value was written: block number and place in the block. */
export interface Version {
  readonly block: number;
  readonly transaction: number;
}

export interface Read {
  readonly namespace: string;
  readonly key: string;
  /** Absent: the key had no value. */
  readonly version?: Version;
}

export interface Write {
  readonly namespace: string;
  readonly key: string;
  readonly value: Uint8Array;
  readonly isDelete: boolean;
}

export interface MetadataEntry {
  readonly name: string;
  readonly value: Uint8Array;
}

/** `entries` replace the key's metadata as a whole; none deletes it. */
export interface MetadataWrite {
  readonly namespace: string;
  readonly key: string;
  readonly entries: readonly MetadataEntry[];
}

/** A range scan: what it saw, to be seen again at validation. `end` is included unless the scan ran to its end. */
export interface RangeQuery {
  readonly namespace: string;
  readonly start: string;
  readonly end: string;
  readonly exhausted: boolean;
  readonly reads: readonly Read[];
  /** In place of `reads` where a long result was summarised. */
  readonly merkle?: RangeQueryMerkle;
}

export interface RangeQueryMerkle {
  readonly maxDegree: number;
  readonly maxLevel: number;
  readonly maxLevelHashes: readonly Uint8Array[];
}

export interface HashedRead {
  readonly namespace: string;
  readonly collection: string;
  readonly keyHash: Uint8Array;
  readonly version?: Version;
}

export interface HashedWrite {
  readonly namespace: string;
  readonly collection: string;
  readonly keyHash: Uint8Array;
  /** SHA-256 of the private value; empty where deleted. */
  readonly valueHash: Uint8Array;
  readonly isDelete: boolean;
  readonly isPurge: boolean;
}

export interface HashedMetadataWrite {
  readonly namespace: string;
  readonly collection: string;
  readonly keyHash: Uint8Array;
  readonly entries: readonly MetadataEntry[];
}

export interface CollectionReadWriteSet {
  readonly collection: string;
  readonly reads: readonly HashedRead[];
  readonly writes: readonly HashedWrite[];
  readonly metadataWrites: readonly HashedMetadataWrite[];
  /** SHA-256 of the collection's private `kvrwset.KVRWSet`; empty where nothing private was written. */
  readonly privateHash: Uint8Array;
}

export interface ReadWriteSet {
  readonly namespace: string;
  readonly reads: readonly Read[];
  readonly rangeQueries: readonly RangeQuery[];
  readonly writes: readonly Write[];
  readonly metadataWrites: readonly MetadataWrite[];
  readonly collections: readonly CollectionReadWriteSet[];
}
