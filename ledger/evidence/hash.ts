import { sha256, sha256Hex } from "./digest";

export { sha256 } from "./digest";

const EMPTY = new Uint8Array(0);

/**
 * The header as Fabric hashes and signs it (`protoutil.BlockHeaderBytes`): DER of
 * `SEQUENCE { number INTEGER, previousHash OCTET STRING, dataHash OCTET STRING }`.
 */
export function headerBytes(number: number, previousHash: Uint8Array, dataHash: Uint8Array): Uint8Array {
  const content = Buffer.concat([
    derElement(0x02, derInteger(number)),
    derElement(0x04, previousHash),
    derElement(0x04, dataHash),
  ]);
  return derElement(0x30, content);
}

/** SHA-256 of the header: 32 bytes, the next block's `previousHash`. */
export function headerHash(number: number, previousHash: Uint8Array, dataHash: Uint8Array): Uint8Array {
  return sha256(headerBytes(number, previousHash, dataHash));
}

/** SHA-256 of the concatenated envelopes (`protoutil.BlockDataHash`): 32 bytes. */
export function blockDataHash(envelopes: readonly Uint8Array[]): Uint8Array {
  return sha256(envelopes.length === 0 ? EMPTY : Buffer.concat(envelopes));
}

/** Hexadecimal SHA-256 of nonce ‖ creator (`protoutil.ComputeTxID`). */
export function transactionId(nonce: Uint8Array, creator: Uint8Array): string {
  return sha256Hex(Buffer.concat([nonce, creator]));
}

function derElement(tag: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(tag), derLength(content.length), content]);
}

function derLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const bytes = bigEndian(length);
  return Uint8Array.of(0x80 | bytes.length, ...bytes);
}

function derInteger(value: number): Uint8Array {
  const bytes = bigEndian(value);
  // A leading one bit would make the number negative.
  return (bytes[0] ?? 0) & 0x80 ? Uint8Array.of(0, ...bytes) : bytes;
}

function bigEndian(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.from(bytes.length === 0 ? [0] : bytes);
}
