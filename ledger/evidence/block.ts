import { common } from "@hyperledger/fabric-protos";
import { validationCodes } from "./codes";
import { BlockFormatError } from "./errors";
import { headerBytes, headerHash } from "./hash";
import { type Decoded, decode, justifiedBy, type Message } from "./protobuf/decode";
import {
  block as blockMessage,
  lastConfig,
  metadata as metadataMessage,
  ordererBlockMetadata,
  signatureHeader as signatureHeaderMessage,
} from "./protobuf/messages";
import { parseIdentity, parseTransaction } from "./transaction";
import type { Block, BlockSignature, Identity } from "./types";

const { SIGNATURES, LAST_CONFIG, TRANSACTIONS_FILTER, COMMIT_HASH } = common.BlockMetadataIndex;

/** A block before its transactions are read: what most of the ledger needs, at a fraction of the cost. */
export interface RawBlock {
  readonly number: number;
  readonly previousHash: Uint8Array;
  readonly dataHash: Uint8Array;
  /** Serialised envelopes. */
  readonly envelopes: readonly Uint8Array[];
  /** By `common.BlockMetadataIndex`. */
  readonly metadata: readonly Uint8Array[];
}

/**
 * Takes a serialised `common.Block` apart without looking into its transactions.
 * Throws `BlockFormatError` when it is none.
 */
export function readBlock(bytes: Uint8Array): RawBlock {
  let block: Decoded<typeof blockMessage>;
  try {
    block = decode(blockMessage, bytes, justifiedBy(bytes));
  } catch (error) {
    throw new BlockFormatError("the bytes are not a common.Block", { cause: error });
  }
  const { header, data, metadata } = block;
  if (!header || !data) throw new BlockFormatError("the block has no header or no data");
  const { number, previousHash, dataHash } = header;
  return { number, previousHash, dataHash, envelopes: data.data, metadata: metadata?.metadata ?? [] };
}

/** The whole block in domain words. Throws `BlockFormatError` when the bytes are no block. */
export function parseBlock(bytes: Uint8Array): Block {
  const raw = readBlock(bytes);
  const codes = blockCodes(raw);
  const commitHash = blockCommitHash(raw);
  return {
    number: raw.number,
    previousHash: raw.previousHash,
    dataHash: raw.dataHash,
    hash: headerHash(raw.number, raw.previousHash, raw.dataHash),
    transactions: raw.envelopes.map((envelope, index) =>
      parseTransaction(envelope, { index, code: codes[index] ?? validationCodes.NOT_VALIDATED }),
    ),
    signatures: blockSignatures(raw),
    ...(commitHash && { commitHash }),
  };
}

/** Serialises a block; the inverse of `readBlock`. */
export function encodeBlock(raw: RawBlock): Uint8Array {
  const header = new common.BlockHeader();
  header.setNumber(raw.number);
  header.setPreviousHash(raw.previousHash);
  header.setDataHash(raw.dataHash);
  const data = new common.BlockData();
  data.setDataList([...raw.envelopes]);
  const metadata = new common.BlockMetadata();
  metadata.setMetadataList([...raw.metadata]);
  const block = new common.Block();
  block.setHeader(header);
  block.setData(data);
  block.setMetadata(metadata);
  return block.serializeBinary();
}

/** `peer.TxValidationCode` of each transaction; empty in a block no peer has validated. */
export function blockCodes(raw: RawBlock): Uint8Array {
  return raw.metadata[TRANSACTIONS_FILTER] ?? new Uint8Array(0);
}

export function blockCommitHash(raw: RawBlock): Uint8Array | undefined {
  const bytes = raw.metadata[COMMIT_HASH];
  if (!bytes || bytes.length === 0) return undefined;
  return readMetadata(bytes).value;
}

/** Number of the channel's last configuration block as the orderer states it. */
export function blockLastConfig(raw: RawBlock): number {
  const signed = raw.metadata[SIGNATURES];
  if (signed && signed.length > 0) {
    return metadataPart(ordererBlockMetadata, readMetadata(signed).value).lastConfig?.index ?? 0;
  }
  const bytes = raw.metadata[LAST_CONFIG];
  if (!bytes || bytes.length === 0) return 0;
  return metadataPart(lastConfig, readMetadata(bytes).value).index;
}

/**
 * The orderer's signatures with the bytes they cover: metadata value ‖ signature header ‖ block header.
 * Throws `BlockFormatError` when they cannot be read.
 */
export function blockSignatures(raw: RawBlock): BlockSignature[] {
  const bytes = raw.metadata[SIGNATURES];
  if (!bytes || bytes.length === 0) return [];
  const metadata = readMetadata(bytes);
  const header = headerBytes(raw.number, raw.previousHash, raw.dataHash);
  return metadata.signatures.map(({ signatureHeader, signature }) => ({
    creator: signerOf(metadataPart(signatureHeaderMessage, signatureHeader).creator),
    signature,
    signedBytes: Buffer.concat([metadata.value, signatureHeader, header]),
  }));
}

function readMetadata(bytes: Uint8Array): Decoded<typeof metadataMessage> {
  return metadataPart(metadataMessage, bytes);
}

function metadataPart<T>(kind: Message<T>, bytes: Uint8Array): T {
  return metadataRead(() => decode(kind, bytes));
}

function signerOf(creator: Uint8Array): Identity {
  return metadataRead(() => parseIdentity(creator));
}

function metadataRead<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new BlockFormatError("the block's metadata cannot be read", { cause: error });
  }
}
