import * as protos from "@hyperledger/fabric-protos";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesField, integerField, messageOf, stringField } from "../../embedded/wire";
import * as chaincode from "./chaincode";
import { decode, type Field, type Message } from "./decode";
import * as messages from "./messages";

/** A class of fabric-protos, as far as it is used here. */
interface Protocol {
  deserializeBinary(bytes: Uint8Array): { toObject(): Record<string, unknown> };
}

type Value = string | number | boolean | Uint8Array | Value[] | { [name: string]: Value } | undefined;

const packages: Readonly<Record<string, unknown>> = {
  common: protos.common,
  msp: protos.msp,
  protos: protos.peer,
  rwset: protos.ledger.rwset,
  kvrwset: protos.ledger.rwset.kvrwset,
  gateway: protos.gateway,
  orderer: protos.orderer,
  google: protos.google,
};

describe("the tables of the protocol's messages", () => {
  // They have messages that are read as bytes, which are none in `toObject`.
  const others: readonly Message<unknown>[] = [messages.processedTransaction, messages.deliverResponse];
  const tables = Object.values({ ...messages, ...chaincode }).filter((one) => !others.includes(one));

  it("holds transient data and an envelope within as they were written", () => {
    const payload = new protos.peer.ChaincodeProposalPayload();
    payload.setInput(Buffer.from("input"));
    payload.getTransientmapMap().set("key", Buffer.from("value"));
    const read = decode(messages.chaincodeProposalPayload, payload.serializeBinary());
    expect(read.transientMap.map(({ key, value }) => [key, Buffer.from(value).toString()])).toEqual([
      ["key", "value"],
    ]);
    const envelope = new protos.common.Envelope();
    envelope.setPayload(Buffer.from("payload"));
    const processed = new protos.peer.ProcessedTransaction();
    processed.setTransactionenvelope(envelope);
    processed.setValidationcode(11);
    const found = decode(messages.processedTransaction, processed.serializeBinary());
    expect(Buffer.from(found.transactionEnvelope)).toEqual(Buffer.from(envelope.serializeBinary()));
    expect(found.validationCode).toBe(11);
  });

  it.each(tables.map((table) => [table.name, table] as const))(
    "%s is read as fabric-protos reads it",
    (_, table) => {
      fc.assert(
        fc.property(anyValueOf(table, 3), (value) => {
          const bytes = encode(table, value);
          const theirs = classOf(table.name).deserializeBinary(bytes).toObject();
          expect(named(table, decode(table, bytes) as Record<string, Value>)).toEqual(chosen(theirs, table));
        }),
        { numRuns: 50 },
      );
    },
  );
});

function classOf(name: string): Protocol {
  const [space = "", ...path] = name.split(".");
  // Principals stand in the package `common` and in the file of `msp`.
  const root = path[0]?.startsWith("MSP") ? protos.msp : packages[space];
  return path.reduce((found, part) => (found as Record<string, unknown>)[part], root) as Protocol;
}

/** All but maps, which `toObject` has no list of. */
function fieldsOf(table: Message<unknown>) {
  return table.byNumber.filter(
    (field) => field !== undefined && !field.inner?.().name.startsWith("map"),
  ) as Exclude<Message<unknown>["byNumber"][number], undefined>[];
}

/** Any value of a message, with at most one field of a choice and no text that is not UTF-8. */
function anyValueOf(table: Message<unknown>, depth: number): fc.Arbitrary<Record<string, Value>> {
  const fields = fieldsOf(table).filter((field) => depth > 0 || !field.inner);
  const record = fc.record(
    Object.fromEntries(fields.map((field) => [field.name, fieldValue(field, depth)])),
    { requiredKeys: [] },
  ) as fc.Arbitrary<Record<string, Value>>;
  return record.map((value) => {
    const given = table.choices.filter((name) => value[name] !== undefined);
    return Object.fromEntries(Object.entries(value).filter(([name]) => !given.slice(1).includes(name)));
  });
}

function fieldValue(field: Field<unknown>, depth: number): fc.Arbitrary<Value> {
  const single: fc.Arbitrary<Value> = field.inner
    ? anyValueOf(field.inner(), depth - 1)
    : scalarOf(field.kind);
  return field.isRepeated ? fc.array(single, { maxLength: 3 }) : single;
}

function scalarOf(kind: Field<unknown>["kind"]): fc.Arbitrary<Value> {
  if (kind === "bytes") return fc.uint8Array({ minLength: 1, maxLength: 20 });
  if (kind === "string") return fc.string({ unit: "grapheme", minLength: 1, maxLength: 10 });
  if (kind === "bool") return fc.constant(true);
  return kind === "uint64" || kind === "int64" ? fc.maxSafeNat() : fc.nat();
}

function encode(table: Message<unknown>, value: Record<string, Value>): Uint8Array {
  return messageOf(
    ...fieldsOf(table).flatMap((field) => {
      const given = value[field.name];
      if (given === undefined) return [];
      const all = field.isRepeated ? (given as Value[]) : [given];
      return all.map((one) => encodeField(field, one));
    }),
  );
}

function encodeField(field: Field<unknown>, value: Value): Uint8Array[] {
  if (field.inner) {
    const inner = encode(field.inner(), value as Record<string, Value>);
    // An empty message is there all the same.
    return inner.length > 0 ? bytesField(field.number, inner) : [Uint8Array.of((field.number << 3) | 2, 0)];
  }
  if (value instanceof Uint8Array) return bytesField(field.number, value);
  if (typeof value === "string") return stringField(field.number, value);
  return integerField(field.number, Number(value));
}

/** A value in the words of fabric-protos' `toObject`. */
function named(table: Message<unknown>, value: Record<string, Value>): Record<string, unknown> {
  const entries = fieldsOf(table).map((field) => {
    const given = value[field.name];
    const told = (one: Value): unknown => {
      if (field.inner) return one && named(field.inner(), one as Record<string, Value>);
      return one instanceof Uint8Array ? Buffer.from(one).toString("base64") : one;
    };
    return [keyOf(field), field.isRepeated ? (given as Value[]).map(told) : told(given)];
  });
  return Object.fromEntries(entries);
}

/** What fabric-protos read, as far as the table has it. */
function chosen(theirs: Record<string, unknown>, table: Message<unknown>): Record<string, unknown> {
  // Some fields are written in camel case in the protocol, which makes their names lower case here.
  const lowerCased = Object.fromEntries(Object.entries(theirs).map(([key, one]) => [key.toLowerCase(), one]));
  const entries = fieldsOf(table).map((field) => {
    const key = keyOf(field);
    const given = lowerCased[key.toLowerCase()];
    const { inner } = field;
    const told = (one: unknown) => (inner && one ? chosen(one as Record<string, unknown>, inner()) : one);
    return [key, Array.isArray(given) ? given.map(told) : told(given)];
  });
  return Object.fromEntries(entries);
}

function keyOf(field: { name: string; isRepeated: boolean }): string {
  return field.isRepeated ? `${field.name}List` : field.name;
}
