import { EVENT_NAME, Event, type EventEntry } from "../../../protocol/events";
import { type RecordOf, type RecordType, records } from "../../../protocol/records";
import { upgradeRecord } from "../../../protocol/upgrade";
import { validationCodes } from "../../evidence/codes";
import type { Block, Transaction } from "../../evidence/types";
import { columns } from "./columns";
import { moneyRow } from "./money";

export type Row = Record<string, unknown>;

/** Rows by table. Tables of `appended` only grow; those of records hold the last row of a key. */
export type Rows = ReadonlyMap<string, readonly Row[]>;

/** Tables that get rows and never change them, with their keys. */
export const appendedTables = {
  block: ["number"],
  transaction: ["block", "index"],
  step: ["municipality", "commons", "block", "index"],
  entry: ["block", "index", "position"],
  money: ["block", "index", "position"],
} as const;

export const recordTables = Object.keys(records) as RecordType[];
export const recordKey = ["municipality", "id"] as const;

/** Every table of the projection with its key, the order of a dump. */
export const tables: readonly { name: string; key: readonly string[] }[] = [
  ...Object.entries(appendedTables).map(([name, key]) => ({ name, key })),
  ...recordTables.map((name) => ({ name, key: recordKey })),
];

/** A valid transaction whose event is not what this version of the application knows. */
export class UnknownEventError extends Error {
  override readonly name = "UnknownEventError";
  constructor(
    readonly block: number,
    readonly index: number,
    reason: string,
  ) {
    super(`block ${block}, transaction ${index}: its event cannot be read (${reason})`);
  }
}

/**
 * What some consecutive blocks add to the tables; depends on nothing else.
 * @param chaincode the chaincode whose events count
 * @throws UnknownEventError
 */
export function rowsOf(blocks: readonly Block[], chaincode: string): Rows {
  const rows = new Map<string, Row[]>(Object.keys(appendedTables).map((table) => [table, []]));
  const current = new Map<string, Map<string, Row>>();
  const append = (table: keyof typeof appendedTables, row: Row) => rows.get(table)?.push(row);
  for (const block of blocks) {
    append("block", blockRow(block));
    for (const transaction of block.transactions) {
      const event = eventOf(block, transaction, chaincode);
      append("transaction", transactionRow(block, transaction, chaincode, event));
      if (!event) continue;
      const place = { block: block.number, index: transaction.index };
      for (const commons of new Set(event.commons))
        append("step", { municipality: event.municipality, commons, ...place });
      event.entries.forEach((entry, position) => {
        append("entry", entryRow(event.municipality, entry, { ...place, position }));
        const { municipality, day } = event;
        const money = moneyRow(entry, { ...place, position, municipality, day });
        if (money) append("money", money);
        const table = current.get(entry.type) ?? new Map<string, Row>();
        current.set(entry.type, table);
        const row = recordRow(event.municipality, entry, transaction.id, block.number);
        table.set(`${event.municipality}/${row.id}`, row);
      });
    }
  }
  for (const [table, byKey] of current) rows.set(table, [...byKey.values()]);
  return rows;
}

/** The record's key on the ledger below municipality and type. */
export function recordId(idParts: readonly string[]): string {
  return idParts.join("/");
}

function eventOf(block: Block, transaction: Transaction, chaincode: string): Event | undefined {
  const { action } = transaction;
  if (transaction.code !== validationCodes.VALID || action?.chaincode !== chaincode) return undefined;
  if (action.event?.name !== EVENT_NAME) return undefined;
  const fail = (reason: string) => new UnknownEventError(block.number, transaction.index, reason);
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(action.event.payload).toString("utf8"));
  } catch {
    throw fail("it is not JSON");
  }
  const event = Event.safeParse(content);
  if (!event.success) throw fail(describe(event.error));
  for (const entry of event.data.entries) {
    const schema = records[entry.type as RecordType];
    if (!schema) throw fail(`there is no record type ${entry.type}`);
    const record = schema.safeParse(upgraded(entry, fail));
    if (!record.success) throw fail(`${entry.type}: ${describe(record.error)}`);
  }
  return event.data as Event;
}

/** An entry's record as this version has it. */
function upgraded(entry: { type: string; record: unknown }, fail: (reason: string) => Error): unknown {
  try {
    return upgradeRecord(entry.type as RecordType, entry.record as Record<string, unknown>);
  } catch (error) {
    throw fail(`${entry.type}: ${error instanceof Error ? error.message : "invalid"}`);
  }
}

function describe(error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] }): string {
  const [issue] = error.issues;
  return `${issue?.path.map(String).join(".") || "value"}: ${issue?.message ?? "invalid"}`;
}

function blockRow({ number, hash, previousHash, dataHash, transactions }: Block): Row {
  return {
    number,
    hash: hex(hash),
    previousHash: hex(previousHash),
    dataHash: hex(dataHash),
    transactions: transactions.length,
  };
}

function transactionRow(
  block: Block,
  transaction: Transaction,
  chaincode: string,
  event: Event | undefined,
): Row {
  const { index, id, code, action, creator, timestamp } = transaction;
  return {
    block: block.number,
    index,
    id,
    code,
    name: action?.chaincode === chaincode ? action.functionName : null,
    mspId: creator.mspId,
    statedTime: timestamp.toISOString(),
    municipality: event?.municipality ?? null,
    organisation: event?.actor.organisation ?? null,
    role: event?.actor.role ?? null,
    person: event?.actor.person ?? null,
    command: event?.command ?? null,
    carriedBy: event?.carriedBy?.organisation ?? null,
    program: event?.carriedBy?.program ?? null,
    act: event?.signed?.act ?? null,
    passkey: event?.signed?.passkey ?? null,
    day: event?.day ?? null,
  };
}

function entryRow(municipality: string, { type, idParts, record }: EventEntry, place: Row): Row {
  const commons = type === "commons" ? record.id : "commons" in record ? record.commons : undefined;
  return { ...place, municipality, type, recordId: recordId(idParts), commons: commons ?? null, record };
}

function recordRow(municipality: string, entry: EventEntry, transactionId: string, block: number): Row {
  const record = upgradeRecord(entry.type, entry.record);
  return {
    municipality,
    id: recordId(entry.idParts),
    ...columnsOf(entry.type, record),
    record,
    transactionId,
    block,
  };
}

function columnsOf<T extends RecordType>(type: T, record: RecordOf<T>): Row {
  return columns[type](record);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
