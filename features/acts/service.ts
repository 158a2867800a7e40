/** From an act that was asked for to one that its person has signed. */
import { createHash } from "node:crypto";
import type { LedgerGateway } from "@/ledger/client/gateway";
import { refusalOf } from "@/ledger/client/gateway/refusal";
import { verifyGesture } from "@/ledger/client/gesture";
import { pathsOf } from "@/ledger/client/outbox/schedule";
import { ledger } from "@/ledger/client/process";
import { type Database, db } from "@/lib/db";
import { ConflictError, LedgerRefusedError, NotFoundError, UnavailableError } from "@/lib/errors";
import type { Viewer } from "@/lib/permissions";
import type { Assertion } from "@/protocol/acts/carried";
import { recordKeyOf, seenFor } from "@/protocol/acts/seen";
import { actBytes, readSignedAct, type SignedAct, signedActText } from "@/protocol/acts/signed-act";
import { canonicalJson } from "@/protocol/canonical-json";
import { RuleError } from "@/protocol/errors";
import type { RecordOf } from "@/protocol/records";
import type { TransactionName } from "@/protocol/transactions";
import { type DigestedText, namesIn, textsOf } from "./names-queries";
import { passkeysHere, type SigningPasskey } from "./queries";
import { keysFor, lastDayOf, uuidsIn } from "./rules";

/** An act as it is shown before it is signed. */
export type PreparedAct = {
  /** Its command. */
  id: string;
  text: string;
  /** SHA-256 of the act's bytes, lower-case hexadecimal. */
  digest: string;
};

export type Prepared = {
  acts: PreparedAct[];
  /** Acts that wait for another step on the same record, which is on its way or stands before them here. */
  later: { id: string; transaction: TransactionName; input: unknown }[];
  passkeys: SigningPasskey[];
  /** Names of ids, as the site has them. */
  names: Record<string, string>;
  texts: DigestedText[];
};

/**
 * Prepares acts of a person to be signed as things stand now: each says what the ledger's records are at this moment,
 * and until when it can be carried. What was prepared before and is not signed is replaced.
 * @param origin of the site they are signed on
 * @throws UnavailableError when the ledger does not answer
 */
export async function prepareActs(
  viewer: Viewer,
  municipality: string,
  ids: readonly string[],
  origin: string,
): Promise<Prepared> {
  const rows = await db.outboxItem.findMany({
    where: { municipality, person: viewer.id, status: "to_sign", id: { in: uuidsIn(ids) } },
    orderBy: { sequence: "asc" },
  });
  const taken = await pathsOnTheirWay(municipality);
  const [now, later] = [[] as typeof rows, [] as typeof rows];
  for (const row of rows) {
    (taken.holdsUp(row.orderKey) ? later : now).push(row);
    taken.add(row.orderKey);
  }
  const { acts, passkeys } = await answering(async () => {
    const { gateway } = await ledger();
    const circumstances = await readCircumstances(gateway, municipality);
    const acts: PreparedAct[] = [];
    for (const row of now) {
      const transaction = row.transaction as TransactionName;
      const input = { ...(row.input as object), command: row.id };
      const seen = await seenNow(gateway, municipality, transaction, input);
      const { person, role } = row;
      const act = {
        ...circumstances,
        transaction,
        municipality,
        person,
        role: role as SignedAct["role"],
        input,
        seen,
      };
      const text = signedActText(act);
      if (await keepPrepared(row.id, text, act.expiresOn))
        acts.push({ id: row.id, text, digest: sha256(actBytes(text)) });
    }
    return { acts, passkeys: keysFor(now, await passkeysHere(municipality, viewer, origin)) };
  });
  const inputs = rows.map(({ input }) => input);
  const [names, texts] = await Promise.all([
    namesIn(municipality, inputs),
    textsOf(municipality, viewer.id, inputs),
  ]);
  return {
    ...{ acts, passkeys, names, texts },
    later: later.map(({ id, transaction, input }) => ({
      id,
      transaction: transaction as TransactionName,
      input,
    })),
  };
}

/** The texts that were prepared last for acts of a person, in the order of their ids. */
export async function preparedTexts(
  viewer: Viewer,
  municipality: string,
  ids: readonly string[],
): Promise<string[]> {
  const rows = await db.outboxItem.findMany({
    where: { municipality, person: viewer.id, id: { in: uuidsIn(ids) }, act: { not: null } },
    select: { id: true, act: true },
    orderBy: { id: "asc" },
  });
  return rows.flatMap(({ act }) => act ?? []);
}

/**
 * Takes one gesture over acts that were prepared for a person, and queues them for the ledger. Giving it again is
 * harmless.
 * @throws NotFoundError for what is not the person's, ConflictError where an act was prepared anew since,
 * LedgerRefusedError where the ledger would refuse the signature, UnavailableError when the ledger does not answer
 */
export async function acceptSignature(
  viewer: Viewer,
  municipality: string,
  signature: { texts: readonly string[]; assertion: Assertion },
): Promise<void> {
  const { texts, assertion } = signature;
  const acts = new Map(texts.map((text) => [commandOf(text), text]));
  const where = { municipality, person: viewer.id, id: { in: uuidsIn([...acts.keys()]) } };
  const rows = await db.outboxItem.findMany({ where });
  if (texts.length === 0 || rows.length < texts.length) throw new NotFoundError("act_not_found");
  for (const { id, act } of rows) if (act !== acts.get(id)) throw new ConflictError("act_prepared_anew");
  const open = rows.filter(({ status }) => status === "to_sign");
  if (open.length === 0) return;
  const digests = texts.map((text) => sha256(actBytes(text))).sort();
  const list = digests.length > 1 ? digests : undefined;
  const [act = ""] = texts;
  // The list is made of these very texts, so that the gesture over one of them is the gesture over all.
  await answering(async () => {
    const { gateway } = await ledger();
    const who = { municipality, person: viewer.id };
    await verifyGesture(gateway, who, { act, assertion, ...(list && { list }) });
  });
  await db.$transaction((tx) => queueSigned(tx, open, { assertion, ...(list && { list }) }));
}

/** Puts an act aside that its person will not sign: it ends, and what was to follow it. */
export async function putAside(viewer: Viewer, municipality: string, id: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const end = { status: "failed", errorCode: "put_aside", settledAt: new Date() };
    const where = { municipality, person: viewer.id, id: { in: uuidsIn([id]) }, status: "to_sign" };
    const { count } = await tx.outboxItem.updateMany({ where, data: end });
    if (count === 0) throw new NotFoundError("act_not_found");
    const status = { in: ["to_sign", "following"] };
    await tx.outboxItem.updateMany({ where: { municipality, follows: id, status }, data: end });
  });
}

type Circumstances = Pick<SignedAct, "founding" | "channel" | "expiresOn">;

async function readCircumstances(gateway: LedgerGateway, municipality: string): Promise<Circumstances> {
  const get = (type: "municipality" | "day", id: string) =>
    gateway.evaluate("records:get", { municipality, type, idParts: [id] });
  const [record, day] = (await Promise.all([get("municipality", municipality), get("day", "day")])) as [
    RecordOf<"municipality"> | null,
    RecordOf<"day"> | null,
  ];
  if (!record?.founding || !day) throw new RuleError("not_founded");
  const { channel } = gateway.connection;
  return { founding: record.founding, channel, expiresOn: lastDayOf(day.day) };
}

/** Digests of the records that the transaction is about, as the ledger has them now. */
async function seenNow(
  gateway: LedgerGateway,
  municipality: string,
  transaction: TransactionName,
  input: object,
): Promise<Record<string, string>> {
  const entries = await Promise.all(
    seenFor(transaction, input as never).map(async (path) => {
      const [type, ...idParts] = recordKeyOf(path);
      const record = await gateway.evaluate("records:get", { municipality, type, idParts });
      return record === null ? [] : [[path, sha256(canonicalJson(record))] as const];
    }),
  );
  return Object.fromEntries(entries.flat());
}

async function keepPrepared(id: string, act: string, expiresOn: string): Promise<boolean> {
  const { count } = await db.outboxItem.updateMany({
    where: { id, status: "to_sign" },
    data: { act, expiresOn },
  });
  return count === 1;
}

/** They get numbers of now: until they were signed they held nobody up. One that follows another waits for it. */
async function queueSigned(
  tx: Database,
  rows: readonly { id: string; act: string | null; sequence: bigint }[],
  { assertion, list }: { assertion: Assertion; list?: readonly string[] },
): Promise<void> {
  const ids = rows.map(({ id }) => id);
  for (const { id, act } of [...rows].sort((a, b) => Number(a.sequence - b.sequence))) {
    const count = await tx.$executeRaw`
      UPDATE "OutboxItem" AS o SET status = CASE WHEN o.follows = ANY(${ids}::uuid[]) OR EXISTS (
          SELECT 1 FROM "OutboxItem" AS first WHERE first.id = o.follows AND first.status IN ('to_sign', 'following'))
        THEN 'following' ELSE 'queued' END, assertion = ${JSON.stringify(assertion)}::jsonb,
        "actList" = ${list ? JSON.stringify(list) : null}::jsonb, "signedAt" = now(), "errorCode" = NULL,
        "errorParams" = NULL, sequence = nextval(pg_get_serial_sequence('"OutboxItem"', 'sequence'))
      WHERE id = ${id}::uuid AND status = 'to_sign' AND act = ${act}`;
    if (count !== 1) throw new ConflictError("act_prepared_anew");
  }
}

/** What reaches the ledger before anything that is signed now. */
async function pathsOnTheirWay(municipality: string) {
  const rows = await db.outboxItem.findMany({
    where: { municipality, status: { in: ["queued", "sending"] }, orderKey: { not: null } },
    select: { orderKey: true },
    take: 5000,
  });
  return pathsOf(rows.map(({ orderKey }) => orderKey));
}

/** @throws UnavailableError where the ledger does not answer, LedgerRefusedError for the refusal of a rule */
async function answering<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof RuleError) throw new LedgerRefusedError(error.code, error.params);
    const refusal = refusalOf(error);
    if (refusal.kind === "rule") throw new LedgerRefusedError(refusal.rule.code, refusal.rule.params);
    if (refusal.kind === "unavailable") throw new UnavailableError();
    throw error;
  }
}

/** @throws NotFoundError for what is no act */
function commandOf(text: string): string {
  try {
    return String(readSignedAct(text).input.command);
  } catch (error) {
    if (error instanceof RuleError) throw new NotFoundError("act_not_found");
    throw error;
  }
}

function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}
