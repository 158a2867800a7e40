import { isUtf8 } from "../digest";

/** Bytes that are not a message of the kind expected, or one that asks for more work than its reader allows. */
export class UndecodableError extends Error {
  override readonly name = "UndecodableError";
}

/** How many fields may still be read: shared by all messages that one request or transaction is made of. */
export interface Budget {
  fields: number;
}

/** What one request or transaction may hold; empty messages of two bytes each would cost seconds otherwise. */
const fieldsOfOne = 250_000;
/** `protobuf` in Go stops at 10,000, at which Node's stack has ended; no message of Fabric nests ten deep by itself. */
const deepest = 100;

export function newBudget(fields = fieldsOfOne): Budget {
  return { fields };
}

/** For what the ledger has taken already: as many fields as the bytes can hold. */
export function justifiedBy(bytes: Uint8Array): Budget {
  return { fields: Math.max(fieldsOfOne, bytes.length) };
}

const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const GROUP = 3;
const END_GROUP = 4;
const FIXED32 = 5;

type Scalar = "int32" | "uint32" | "uint64" | "int64" | "bool" | "string" | "bytes";

export interface Field<T> {
  readonly number: number;
  readonly kind: Scalar | "message";
  readonly isRepeated: boolean;
  /** One of several of which only the last one read stands, absent until then. */
  readonly isChoice?: boolean;
  /** The message inside; a function, since messages may hold themselves. */
  readonly inner?: () => Message<unknown>;
  /** Never set: carries the type. */
  readonly value?: T;
}

/** The table by which messages of one kind are read. */
export interface Message<T> {
  readonly name: string;
  readonly byNumber: readonly (NamedField | undefined)[];
  readonly empty: Readonly<Record<string, unknown>>;
  readonly repeated: readonly string[];
  readonly choices: readonly string[];
  /** Never set: carries the type. */
  readonly value?: T;
}

type NamedField = Field<unknown> & { readonly name: string };
type Fields = Readonly<Record<string, Field<unknown>>>;
type ValueOf<F> = F extends Field<infer T> ? T : never;

export type Decoded<M> = M extends Message<infer T> ? T : never;

const nothing = new Uint8Array(0);
const emptyValues: Readonly<Record<Scalar, unknown>> = {
  int32: 0,
  uint32: 0,
  uint64: 0,
  int64: 0,
  bool: false,
  string: "",
  bytes: nothing,
};

const scalar =
  <T>(kind: Scalar) =>
  (number: number): Field<T> => ({ number, kind, isRepeated: false });

export const int32 = scalar<number>("int32");
export const uint32 = scalar<number>("uint32");
/** Above 2^53 the nearest number that JavaScript has. */
export const uint64 = scalar<number>("uint64");
export const int64 = scalar<number>("int64");
export const bool = scalar<boolean>("bool");
export const string = scalar<string>("string");
export const bytes = scalar<Uint8Array>("bytes");

export const one = <T>(number: number, inner: () => Message<T>): Field<T | undefined> => ({
  number,
  kind: "message",
  isRepeated: false,
  inner,
});

export const many = <T>(number: number, inner: () => Message<T>): Field<T[]> => ({
  number,
  kind: "message",
  isRepeated: true,
  inner,
});

export const manyBytes = (number: number): Field<Uint8Array[]> => ({
  number,
  kind: "bytes",
  isRepeated: true,
});

export const manyStrings = (number: number): Field<string[]> => ({
  number,
  kind: "string",
  isRepeated: true,
});

export const choice = <T>(field: Field<T>): Field<T | undefined> => ({ ...field, isChoice: true });

export function message<F extends Fields>(
  name: string,
  fields: F,
): Message<{ -readonly [K in keyof F]: ValueOf<F[K]> }> {
  const byNumber: (NamedField | undefined)[] = [];
  const empty: Record<string, unknown> = {};
  const repeated: string[] = [];
  const choices: string[] = [];
  for (const [key, field] of Object.entries(fields)) {
    byNumber[field.number] = { ...field, name: key };
    empty[key] = field.kind === "message" || field.isChoice ? undefined : emptyValues[field.kind];
    if (field.isRepeated) repeated.push(key);
    if (field.isChoice) choices.push(key);
  }
  return { name, byNumber, empty, repeated, choices };
}

/**
 * Reads a message as Go's `proto.Unmarshal` does, on which Fabric stands: a field of another wire type than the table's
 * is unknown and passed over, a message that comes twice is merged, text must be UTF-8. No length is believed that the
 * bytes do not bear out, and nothing is allocated by it. Byte fields are views on `source`.
 * @throws UndecodableError
 */
export function decode<T>(kind: Message<T>, source: Uint8Array, budget: Budget = newBudget()): T {
  return new Reader(source, budget, false).message(kind, source.length, undefined, 0) as T;
}

/**
 * Reads what google-protobuf is to read too, which believes every length, and would take a field of another wire type for
 * what it expects there: such a field is refused. The kind's table must have all fields that google-protobuf knows.
 * @throws UndecodableError
 */
export function decodeSound<T>(kind: Message<T>, source: Uint8Array, budget: Budget = newBudget()): T {
  return new Reader(source, budget, true).message(kind, source.length, undefined, 0) as T;
}

class Reader {
  #at = 0;
  /** Where the message that is being read ends. */
  #end = 0;

  constructor(
    private readonly source: Uint8Array,
    private readonly budget: Budget,
    private readonly isExact: boolean,
  ) {}

  /** Reads up to `end`, into `target` where the message has been met before. */
  message(
    kind: Message<unknown>,
    end: number,
    target: Record<string, unknown> | undefined,
    depth: number,
  ): Record<string, unknown> {
    if (depth > deepest) throw new UndecodableError(`${kind.name} nests more than ${deepest} deep`);
    const outer = this.#end;
    this.#end = end;
    const into = target ?? emptyOf(kind);
    while (this.#at < end) {
      const tag = this.#tag(kind);
      const field = tag >>> 3 < kind.byNumber.length ? kind.byNumber[tag >>> 3] : undefined;
      if (field && (tag & 7) === (isVarint(field.kind) ? VARINT : DELIMITED))
        this.#field(field, kind, into, depth);
      else if (field && this.isExact)
        throw new UndecodableError(`${kind.name} has another type in ${field.name}`);
      else this.#pass(tag, kind);
    }
    this.#end = outer;
    return into;
  }

  #field(field: NamedField, kind: Message<unknown>, into: Record<string, unknown>, depth: number): void {
    const { name, inner, isRepeated } = field;
    if (field.isChoice) for (const other of kind.choices) if (other !== name) into[other] = undefined;
    if (inner) {
      const end = this.#length(kind);
      const before = isRepeated ? undefined : (into[name] as Record<string, unknown> | undefined);
      const value = this.message(inner(), end, before, depth + 1);
      if (isRepeated) (into[name] as unknown[]).push(value);
      else into[name] = value;
      return;
    }
    const value = this.#scalar(field.kind as Scalar, kind);
    if (isRepeated) (into[name] as unknown[]).push(value);
    else into[name] = value;
  }

  #scalar(kind: Scalar, of: Message<unknown>): unknown {
    if (kind === "bytes" || kind === "string") {
      const end = this.#length(of);
      const view = this.source.subarray(this.#at, end);
      this.#at = end;
      return kind === "bytes" ? view : textOf(view, of);
    }
    this.#varint(of);
    switch (kind) {
      case "int32":
        return this.#low | 0;
      case "uint32":
        return this.#low >>> 0;
      case "bool":
        return this.#low !== 0 || this.#high !== 0;
      case "int64":
        return (this.#high | 0) * 2 ** 32 + (this.#low >>> 0);
      case "uint64":
        return (this.#high >>> 0) * 2 ** 32 + (this.#low >>> 0);
    }
  }

  /** Number and wire type of the next field. */
  #tag(kind: Message<unknown>): number {
    if (--this.budget.fields < 0) throw new UndecodableError(`${kind.name} has more fields than may be read`);
    this.#varint(kind);
    const tag = this.#low >>> 0;
    if (this.#high !== 0 || tag < 8) throw new UndecodableError(`${kind.name} has a field of no number`);
    return tag;
  }

  /** The end of what a length announces. */
  #length(kind: Message<unknown>): number {
    this.#varint(kind);
    const length = (this.#high >>> 0) * 2 ** 32 + (this.#low >>> 0);
    if (length > this.#end - this.#at)
      throw new UndecodableError(`${kind.name} announces ${length} bytes and has ${this.#end - this.#at}`);
    return this.#at + length;
  }

  /** Passes over a field that the table does not have. */
  #pass(first: number, kind: Message<unknown>): void {
    const open: number[] = [];
    for (let tag = first; ; tag = this.#tag(kind)) {
      const wireType = tag & 7;
      if (wireType === VARINT) this.#varint(kind);
      else if (wireType === FIXED64) this.#skip(8, kind);
      else if (wireType === FIXED32) this.#skip(4, kind);
      else if (wireType === DELIMITED) this.#at = this.#length(kind);
      else if (wireType === GROUP) open.push(tag >>> 3);
      else if (wireType !== END_GROUP || open.pop() !== tag >>> 3)
        throw new UndecodableError(`${kind.name} has a field of no known form`);
      if (open.length === 0) return;
      if (open.length > deepest) throw new UndecodableError(`${kind.name} nests more than ${deepest} deep`);
    }
  }

  #skip(length: number, kind: Message<unknown>): void {
    if (length > this.#end - this.#at) throw new UndecodableError(`${kind.name} ends within a field`);
    this.#at += length;
  }

  #low = 0;
  #high = 0;

  /** Reads up to ten bytes into the two halves. */
  #varint(kind: Message<unknown>): void {
    const { source } = this;
    const end = this.#end;
    let at = this.#at;
    this.#low = 0;
    this.#high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= end) break;
      const byte = source[at++] as number;
      const part = byte & 0x7f;
      if (shift < 28) this.#low |= part << shift;
      else if (shift === 28) {
        this.#low |= part << 28;
        this.#high = part >>> 4;
      } else if (shift < 63) this.#high |= part << (shift - 32);
      else if (byte > 1) break;
      else this.#high |= part << 31;
      if (byte < 0x80) {
        this.#at = at;
        return;
      }
    }
    throw new UndecodableError(`${kind.name} has a number that does not end`);
  }
}

function emptyOf(kind: Message<unknown>): Record<string, unknown> {
  const made: Record<string, unknown> = { ...kind.empty };
  for (const name of kind.repeated) made[name] = [];
  return made;
}

function isVarint(kind: Field<unknown>["kind"]): boolean {
  return kind !== "bytes" && kind !== "string" && kind !== "message";
}

function textOf(view: Uint8Array, of: Message<unknown>): string {
  if (!isUtf8(view)) throw new UndecodableError(`${of.name} holds text that is not UTF-8`);
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString("utf8");
}
