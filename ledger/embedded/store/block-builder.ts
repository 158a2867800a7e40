import { common } from "@hyperledger/fabric-protos";
import { encodeBlock } from "../../evidence/block";
import { blockDataHash, headerBytes, sha256 } from "../../evidence/hash";
import type { BlockSigner } from "./types";

const { SIGNATURES, LAST_CONFIG, TRANSACTIONS_FILTER, ORDERER, COMMIT_HASH } = common.BlockMetadataIndex;

export interface BlockContent {
  readonly number: number;
  readonly previousHash: Uint8Array;
  readonly envelopes: readonly Uint8Array[];
  readonly codes: Uint8Array;
  readonly commitHash: Uint8Array | undefined;
  readonly lastConfig: number;
}

/**
 * Makes the serialised `common.Block` with the metadata a Fabric orderer and peer give it: the orderer's signature over
 * metadata value, signature header and block header (`multichannel.BlockWriter`), last configuration, validation codes
 * and commit hash.
 */
export async function buildBlock(
  content: BlockContent,
  signer: BlockSigner | undefined,
): Promise<{ bytes: Uint8Array; hash: Uint8Array }> {
  const { number, previousHash, envelopes } = content;
  const dataHash = blockDataHash(envelopes);
  const header = headerBytes(number, previousHash, dataHash);
  const metadata: Uint8Array[] = [];
  metadata[SIGNATURES] = signer ? await signatures(content.lastConfig, header, signer) : new Uint8Array(0);
  metadata[LAST_CONFIG] = valueOnly(lastConfigMessage(content.lastConfig).serializeBinary());
  metadata[TRANSACTIONS_FILTER] = content.codes;
  metadata[ORDERER] = new Uint8Array(0);
  metadata[COMMIT_HASH] = content.commitHash ? valueOnly(content.commitHash) : new Uint8Array(0);
  const bytes = encodeBlock({ number, previousHash, dataHash, envelopes, metadata });
  return { bytes, hash: sha256(header) };
}

async function signatures(lastConfig: number, header: Uint8Array, signer: BlockSigner): Promise<Uint8Array> {
  const value = new common.OrdererBlockMetadata();
  value.setLastConfig(lastConfigMessage(lastConfig));
  const valueBytes = value.serializeBinary();
  const signatureHeader = signer.signatureHeader();
  const signature = new common.MetadataSignature();
  signature.setSignatureHeader(signatureHeader);
  signature.setSignature(await signer.sign(Buffer.concat([valueBytes, signatureHeader, header])));
  const metadata = new common.Metadata();
  metadata.setValue(valueBytes);
  metadata.addSignatures(signature);
  return metadata.serializeBinary();
}

function lastConfigMessage(index: number): InstanceType<typeof common.LastConfig> {
  const message = new common.LastConfig();
  message.setIndex(index);
  return message;
}

function valueOnly(value: Uint8Array): Uint8Array {
  const metadata = new common.Metadata();
  metadata.setValue(value);
  return metadata.serializeBinary();
}
