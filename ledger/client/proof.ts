import type { PrismaClient } from "../../generated/prisma/client";
import { canonicalJson } from "../../protocol/canonical-json";
import { EVENT_NAME, Event } from "../../protocol/events";
import type { Organisation } from "../../protocol/primitives";
import { type RecordType, records } from "../../protocol/records";
import { readBlock } from "../evidence/block";
import { validationCodeName } from "../evidence/codes";
import { blockDataHash } from "../evidence/hash";
import { hasOwnId } from "../evidence/transaction";
import type { Block, Transaction } from "../evidence/types";
import {
  goodEndorsements,
  isSignedBy,
  organisationAuthorities,
  organisationsOf,
} from "./certificate-signatures";
import { blocksIn, type Confirmed, confirmed, patience } from "./confirmation";
import type { LedgerGateway } from "./gateway";
import { LedgerUnavailableError } from "./gateway/peers";
import { liveSchema, name as tableName } from "./projection/tables";
import { proveAct, type SignedWith } from "./proof-of-act";

/** One thing a page shows beside what the ledger says of it now. `what` names a sentence of the messages. */
export interface Match {
  readonly what:
    | "block"
    | "block_hash"
    | "validation"
    | "stated_time"
    | "signer"
    | "command"
    | "entries"
    | "record";
  /** The record, where `what` is `record`: type and id. */
  readonly of?: string;
  readonly ledger: string;
  readonly shown: string;
  readonly equal: boolean;
}

export interface Checks {
  /** The block's transactions are those its header commits to. */
  readonly dataHash: boolean;
  /** The next block names this one's hash; null while there is none. */
  readonly followed: boolean | null;
  /** The transaction's id is made of its own nonce and certificate. */
  readonly transactionId: boolean;
  /**
   * The certificate that signed it is its organisation's and says the same person and role as the event, or is the
   * program's that the event says carried it; null while the organisation's CA does not answer.
   */
  readonly signer: boolean | null;
  /** What was endorsed is what was proposed. */
  readonly proposal: boolean;
  /** A passkey of its actor has signed this very act; null where it is no act. */
  readonly act: boolean | null;
}

/** A transaction as the ledger holds it at this moment. A plain object, for a page. */
export interface Proof extends Confirmed {
  readonly transactionId: string;
  readonly block: number;
  readonly index: number;
  /** Name of the `peer.TxValidationCode`. */
  readonly code: string;
  /** Time stated by the sender, ISO. */
  readonly statedTime: string;
  readonly blockHash: string;
  /** Organisations whose endorsement is good: certificate of their own CA, signature over this very result. */
  readonly endorsedBy: readonly Organisation[];
  readonly creator: { readonly organisation: Organisation | null; readonly role: string | null };
  /** What stands behind its actor. */
  readonly signedWith: SignedWith;
  /** Whose program carried it, where somebody else acts. */
  readonly carriedBy: Organisation | null;
  readonly event: Event | null;
  readonly checks: Checks;
  readonly matches: readonly Match[];
  /** A check is bad, something differs, or an organisation has another block: not to be trusted. */
  readonly faulty: boolean;
  /** Not faulty, two organisations endorsed it, and the peers of two have the same block now. */
  readonly sound: boolean;
}

const organisationsNeeded = 2;
/** Records of one transaction that are asked for again: a frozen round alone has hundreds. */
const recordsCompared = 20;

/**
 * Reads a transaction of a municipality again from every organisation's peer, its block, its records as they are now,
 * checks every hash and signature, and compares with what the tables show.
 * @returns undefined where no organisation's ledger has it in this municipality
 * @throws LedgerUnavailableError when no organisation's peer answers
 */
export async function proveTransaction(
  { gateway, db }: { gateway: LedgerGateway; db: PrismaClient },
  { municipality, transactionId }: { municipality: string; transactionId: string },
): Promise<Proof | undefined> {
  const testimonies = await gateway.testimonies({ transactionId }, patience);
  if (testimonies.every(({ said }) => said.what === "nothing"))
    throw new LedgerUnavailableError("no organisation's peer says whether it has the transaction");
  // One organisation that keeps it back does not make it unknown.
  const [held] = blocksIn(testimonies);
  const transaction = held?.block.transactions.find(({ id }) => id === transactionId);
  if (!held || !transaction) return undefined;
  const { bytes, block } = held;
  const event = eventOf(transaction, gateway.connection.chaincode);
  if (event?.municipality !== municipality) return undefined;
  const [authorities, organisationOf, { signedWith, act }] = await Promise.all([
    organisationAuthorities(gateway),
    organisationsOf(gateway, municipality),
    proveAct(gateway, transaction, event),
  ]);
  const [endorsedBy, checks, matches] = [
    goodEndorsements(transaction, authorities, organisationOf),
    {
      dataHash: sameBytes(blockDataHash(readBlock(bytes).envelopes), block.dataHash),
      followed: await isFollowed(gateway, block),
      transactionId: hasOwnId(transaction),
      signer: isSignedBy(transaction, event, authorities, organisationOf),
      proposal: sameBytes(
        transaction.action?.proposalHash ?? new Uint8Array(),
        transaction.action?.expectedProposalHash ?? Buffer.of(0),
      ),
      act,
    },
    await compare(gateway, db, block, transaction, event),
  ];
  const said = confirmed(gateway, testimonies, block);
  const faulty =
    Object.values(checks).includes(false) ||
    matches.some(({ equal }) => !equal) ||
    endorsedBy.length < organisationsNeeded ||
    said.confirmations.some(({ says }) => says === "different");
  const enough = said.confirmations.filter(({ says }) => says === "same").length >= organisationsNeeded;
  return {
    transactionId,
    block: block.number,
    index: transaction.index,
    code: validationCodeName(transaction.code),
    statedTime: transaction.timestamp.toISOString(),
    blockHash: hex(block.hash),
    endorsedBy,
    creator: {
      organisation: event.carriedBy ? event.actor.organisation : organisationOf(transaction.creator),
      role: event.actor.role,
    },
    signedWith,
    carriedBy: event.carriedBy?.organisation ?? null,
    event,
    checks,
    matches,
    ...said,
    faulty,
    sound: !faulty && enough,
  };
}

async function compare(
  gateway: LedgerGateway,
  db: PrismaClient,
  block: Block,
  transaction: Transaction,
  event: Event,
): Promise<Match[]> {
  const place = { block: BigInt(block.number), index: transaction.index };
  const [shown, shownBlock, entries] = await Promise.all([
    db.chainTransaction.findFirst({ where: { id: transaction.id, ...place } }),
    db.chainBlock.findUnique({ where: { number: place.block } }),
    db.chainEntry.findMany({ where: place, orderBy: { position: "asc" } }),
  ]);
  const actor = (one: { organisation: unknown; role: unknown; person: unknown } | null) =>
    one ? `${one.organisation} ${one.role} ${one.person}` : "";
  const recorded = event.entries.map(({ type, idParts, record }) => ({
    type,
    id: idParts.join("/"),
    record,
  }));
  const tabled = entries.map(({ type, recordId, record }) => ({ type, id: recordId, record }));
  return [
    match("block", String(block.number), shown ? String(shown.block) : ""),
    match("block_hash", hex(block.hash), shownBlock?.hash ?? ""),
    match("validation", validationCodeName(transaction.code), shown ? validationCodeName(shown.code) : ""),
    match("stated_time", transaction.timestamp.toISOString(), shown?.statedTime.toISOString() ?? ""),
    match("signer", actor(event.actor), actor(shown)),
    match("command", event.command, shown?.command ?? ""),
    match("entries", canonicalJson(recorded), canonicalJson(tabled)),
    ...(await compareRecords(gateway, db, event)),
  ];
}

/** The records as they are on the ledger now, which may be after later transactions, beside those in the tables. */
async function compareRecords(gateway: LedgerGateway, db: PrismaClient, event: Event): Promise<Match[]> {
  const { municipality } = event;
  return Promise.all(
    event.entries.slice(0, recordsCompared).map(async ({ type, idParts }) => {
      const [now, row] = await Promise.all([
        gateway.evaluate("records:get", { municipality, type, idParts }),
        currentRecord(db, municipality, type, idParts.join("/")),
      ]);
      const of = `${type} ${idParts.join("/")}`;
      return { ...match("record", now ? canonicalJson(now) : "", row ? canonicalJson(row) : ""), of };
    }),
  );
}

async function currentRecord(db: PrismaClient, municipality: string, type: RecordType, id: string) {
  if (!Object.hasOwn(records, type)) return undefined;
  const rows = await db.$queryRawUnsafe<{ record: unknown }[]>(
    `SELECT record FROM ${tableName(liveSchema, type)} WHERE municipality = $1 AND id = $2`,
    municipality,
    id,
  );
  return rows[0]?.record;
}

function eventOf({ action }: Transaction, chaincode: string): Event | null {
  if (action?.chaincode !== chaincode || action.event?.name !== EVENT_NAME) return null;
  const parsed = Event.safeParse(JSON.parse(Buffer.from(action.event.payload).toString("utf8")));
  return parsed.success ? (parsed.data as Event) : null;
}

async function isFollowed(gateway: LedgerGateway, block: Block): Promise<boolean | null> {
  const { height, currentHash } = await gateway.chainInfo();
  // The peer that answers now may not be as far as the one that showed the block.
  if (height <= block.number) return null;
  if (height === block.number + 1) return sameBytes(currentHash, block.hash) ? null : false;
  const next = readBlock(await gateway.blockByNumber(block.number + 1));
  return sameBytes(next.previousHash, block.hash);
}

function match(what: Match["what"], ledger: string, shown: string): Match {
  return { what, ledger, shown, equal: ledger === shown };
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
