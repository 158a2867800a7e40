/**
 * The few pieces of the protobuf wire format that are written by hand: timestamps, for which the protocol's
 * package brings no constructor, and messages on the way of every transaction.
 */

/** A length-delimited field: bytes, a string's bytes or a message. Empty ones are left out, as proto3 does. */
export function bytesField(field: number, value: Uint8Array): Uint8Array[] {
  return value.length === 0 ? [] : [varint((field << 3) | 2), varint(value.length), value];
}

/** Bytes or messages of a repeated field: each is written, the empty ones too. */
export function repeatedBytesField(field: number, values: readonly Uint8Array[]): Uint8Array[] {
  return values.flatMap((value) => [varint((field << 3) | 2), varint(value.length), value]);
}

/** A string field. Empty ones are left out. */
export function stringField(field: number, value: string): Uint8Array[] {
  return bytesField(field, Buffer.from(value));
}

/** A non-negative integer or boolean field. Zero is left out. */
export function integerField(field: number, value: number): Uint8Array[] {
  return value === 0 ? [] : [varint(field << 3), varint(value)];
}

/** Fields, in the order of their numbers, as one message. */
export function messageOf(...fields: readonly Uint8Array[][]): Uint8Array {
  return Buffer.concat(fields.flat());
}

/** A `google.protobuf.Timestamp`. */
export function timestampBytes(seconds: number, nanos: number): Uint8Array {
  return messageOf(integerField(1, seconds), integerField(2, nanos));
}

/** Tags and most lengths: made once, since each transaction holds some two hundred. */
const singleBytes = Array.from({ length: 0x80 }, (_, value) => Uint8Array.of(value));

function varint(value: number): Uint8Array {
  const single = singleBytes[value];
  if (single) return single;
  const bytes: number[] = [];
  let rest = value;
  // Not bit operators: they cut at 32 bits.
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
