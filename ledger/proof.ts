import { verify, X509Certificate } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "../chaincode/src/protocol/canonical";
import { EVENT_NAME, Event } from "../chaincode/src/protocol/events";
import { certificateAttributes, mspIds, type Organisation } from "../chaincode/src/protocol/primitives";
import { type RecordType, records } from "../chaincode/src/protocol/records";
import type { PrismaClient } from "../generated/prisma/client";
import { parseBlock, readBlock } from "./blocks/block";
import { validationCodeName } from "./blocks/codes";
import { blockDataHash } from "./blocks/hash";
import { endorsedBytes, hasOwnId } from "./blocks/transaction";
import type { Block, Identity, Transaction } from "./blocks/types";
import { CaClient } from "./ca-client";
import type { LedgerGateway } from "./gateway";
import { liveSchema, name as tableName } from "./projection/tables";

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
  /** The certificate that signed it is its organisation's and says the same person and role as the event. */
  readonly signer: boolean;
  /** What was endorsed is what was proposed. */
  readonly proposal: boolean;
}

/** A transaction as the ledger holds it at this moment. A plain object, for a page. */
export interface Proof {
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
  readonly event: Event | null;
  readonly checks: Checks;
  readonly matches: readonly Match[];
  /** Every check is good, every match equal, and two organisations endorsed it. */
  readonly sound: boolean;
}

const endorsementsNeeded = 2;
/** Records of one transaction that are asked for again: a frozen round alone has hundreds. */
const recordsCompared = 20;

/**
 * Reads a transaction of a municipality from the ledger again, its block, its records as they are now, checks every hash
 * and signature, and compares with what the tables show.
 * @returns undefined where neither ledger nor tables know it in this municipality
 */
export async function proveTransaction(
  { gateway, db }: { gateway: LedgerGateway; db: PrismaClient },
  { municipality, transactionId }: { municipality: string; transactionId: string },
): Promise<Proof | undefined> {
  const bytes = await gateway.blockByTransaction(transactionId);
  const block = bytes && parseBlock(bytes);
  const transaction = block?.transactions.find(({ id }) => id === transactionId);
  if (!bytes || !block || !transaction) return undefined;
  const event = eventOf(transaction, gateway.connection.chaincode);
  if (event?.municipality !== municipality) return undefined;
  const authorities = await organisationAuthorities(gateway);
  const [endorsedBy, checks, matches] = [
    goodEndorsements(transaction, authorities),
    {
      dataHash: sameBytes(blockDataHash(readBlock(bytes).envelopes), block.dataHash),
      followed: await isFollowed(gateway, block),
      transactionId: hasOwnId(transaction),
      signer: isSignedBy(transaction, event, authorities),
      proposal: sameBytes(
        transaction.action?.proposalHash ?? new Uint8Array(),
        transaction.action?.expectedProposalHash ?? Buffer.of(0),
      ),
    },
    await compare(gateway, db, block, transaction, event),
  ];
  const sound =
    Object.values(checks).every((check) => check !== false) &&
    matches.every(({ equal }) => equal) &&
    endorsedBy.length >= endorsementsNeeded;
  return {
    transactionId,
    block: block.number,
    index: transaction.index,
    code: validationCodeName(transaction.code),
    statedTime: transaction.timestamp.toISOString(),
    blockHash: hex(block.hash),
    endorsedBy,
    creator: { organisation: organisationOf(transaction.creator), role: event.actor.role },
    event,
    checks,
    matches,
    sound,
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
  if (height === block.number + 1) return sameBytes(currentHash, block.hash) ? null : false;
  const next = readBlock(await gateway.blockByNumber(block.number + 1));
  return sameBytes(next.previousHash, block.hash);
}

type Authorities = ReadonlyMap<string, readonly X509Certificate[]>;

const authoritiesOf = new WeakMap<LedgerGateway, Promise<Authorities>>();

/** The root certificates of the organisations, asked of each organisation's own CA. */
function organisationAuthorities(gateway: LedgerGateway): Promise<Authorities> {
  const known = authoritiesOf.get(gateway);
  if (known) return known;
  const asking = Promise.all(
    gateway.connection.organisations.map(async ({ mspId, ca }) => {
      const chain = await new CaClient(ca).chain();
      const pems = chain.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
      return [mspId, pems.map((pem) => new X509Certificate(pem))] as const;
    }),
  ).then((entries) => new Map(entries));
  authoritiesOf.set(gateway, asking);
  asking.catch(() => authoritiesOf.delete(gateway));
  return asking;
}

function goodEndorsements({ action }: Transaction, authorities: Authorities): Organisation[] {
  const good = new Set<Organisation>();
  for (const { endorser, signature } of action?.endorsements ?? []) {
    const organisation = organisationOf(endorser);
    if (!action || !organisation || !isIssued(endorser, authorities)) continue;
    if (hasSigned(endorser, endorsedBytes(action, endorser), signature)) good.add(organisation);
  }
  return [...good].sort();
}

function isSignedBy(
  { creator, payload, signature }: Transaction,
  event: Event,
  authorities: Authorities,
): boolean {
  const attributes = attributesOf(creator);
  return (
    isIssued(creator, authorities) &&
    hasSigned(creator, payload, signature) &&
    organisationOf(creator) === event.actor.organisation &&
    attributes[certificateAttributes.role] === event.actor.role &&
    attributes[certificateAttributes.municipality] === event.actor.municipality &&
    attributes[certificateAttributes.person] === event.actor.person
  );
}

function isIssued({ mspId, certificatePem }: Identity, authorities: Authorities): boolean {
  const certificate = new X509Certificate(certificatePem);
  return (authorities.get(mspId) ?? []).some(
    (root) => certificate.checkIssued(root) && certificate.verify(root.publicKey),
  );
}

function hasSigned({ certificatePem }: Identity, message: Uint8Array, signature: Uint8Array): boolean {
  return verify("sha256", message, new X509Certificate(certificatePem).publicKey, signature);
}

function organisationOf({ mspId }: Identity): Organisation | null {
  const found = Object.entries(mspIds).find(([, id]) => id === mspId);
  return found ? (found[0] as Organisation) : null;
}

/** Fabric CA's extension 1.2.3.4.5.6.7.8.1: JSON `{ attrs: { name: value } }`, which node:crypto does not expose. */
function attributesOf({ certificatePem }: Identity): Record<string, string> {
  const { raw } = new X509Certificate(certificatePem);
  const start = raw.indexOf(Buffer.from('{"attrs":'));
  if (start < 0) return {};
  const text = raw.toString("utf8", start);
  const end = text.indexOf("}}");
  const parsed = attributesSchema.safeParse(end < 0 ? undefined : JSON.parse(text.slice(0, end + 2)));
  return parsed.success ? parsed.data.attrs : {};
}

const attributesSchema = z.object({ attrs: z.record(z.string(), z.string()) });

function match(what: Match["what"], ledger: string, shown: string): Match {
  return { what, ledger, shown, equal: ledger === shown };
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.compare(left, right) === 0;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
