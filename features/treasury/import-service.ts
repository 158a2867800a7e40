/** From files of a treasury to acts that wait for a signature: looked at first, then taken whole or not at all. */
import { createHash, randomUUID } from "node:crypto";
import type { Prisma } from "@/generated/prisma/client";
import { record } from "@/ledger/client/outbox/record";
import { type Database, db } from "@/lib/db";
import { ConflictError, InvalidInputError, NotFoundError } from "@/lib/errors";
import { systemCommand } from "@/lib/intention";
import { canonicalJson } from "@/protocol/canonical-json";
import type { Actor } from "@/protocol/primitives";
import { allows } from "@/protocol/workflow/table";
import { type TreasuryCodes, treasuryCodesSchema } from "./codes-schema";
import { evidenceOf, referenceOf } from "./evidence";
import { TreasuryFileError } from "./file-problem";
import { flowName } from "./flow-name";
import { keptOf, type Matched, match } from "./matching";
import * as stored from "./queries";
import { readTreasuryFile } from "./read-file";
import { joinFiles, type Upload } from "./upload";

/** As many acts as one gesture signs. */
const MOST_ACTS = 50;
const DRAFT_MS = 24 * 3600_000;

/**
 * Reads files that belong together and keeps what they say of payments here as a draft, to be looked at.
 * @returns the draft's id
 * @throws InvalidInputError on `files` for what cannot be read, is not the Comune's, is not whole or is older than what
 * was imported
 */
export async function prepareImport(actor: Actor, files: readonly Uint8Array[]): Promise<string> {
  const { municipality, person } = actor;
  const upload = await readUpload(municipality, files);
  const [payments, today] = [
    await stored.orderedPayments(municipality),
    await stored.ledgerDay(municipality),
  ];
  const matching = match(payments, upload.movements, today);
  const { source, flow, signed, rows, createdAt } = upload;
  const id = randomUUID();
  await db.treasuryImport.create({
    data: {
      ...{ municipality, id, person, source, flow, signed, rows },
      flowCreatedAt: createdAt === null ? null : new Date(createdAt),
      digests: files.map((bytes) => createHash("sha256").update(bytes).digest("hex")),
      foreignRows: matching.foreign.length,
      movements: keptOf(matching),
    },
  });
  return id;
}

/**
 * Makes a draft count, and prepares the acts that it asks for. Doing it again changes nothing.
 * @returns how many acts wait for the actor's signature now
 */
export async function confirmImport(actor: Actor, importId: string, command: string): Promise<number> {
  const { municipality, person } = actor;
  return db.$transaction(async (tx) => {
    await lock(tx, municipality);
    const draft = await tx.treasuryImport.findFirst({ where: { municipality, id: importId, person } });
    if (!draft) throw new NotFoundError("treasury_import_not_found");
    if (draft.state !== "draft") return 0;
    await requireNewest(tx, municipality, draft);
    if (draft.flow !== null)
      await tx.treasuryImport.updateMany({
        where: { municipality, state: "imported", source: draft.source, flow: draft.flow },
        data: { state: "superseded" },
      });
    await tx.treasuryImport.update({
      where: { municipality_id: { municipality, id: importId } },
      data: { state: "imported", importedAt: new Date() },
    });
    return propose(tx, actor, command);
  });
}

/** Prepares the acts that imports ask for and that nobody has signed yet. @returns how many */
export async function proposeOutcomes(actor: Actor, command: string): Promise<number> {
  return db.$transaction(async (tx) => {
    await lock(tx, actor.municipality);
    return propose(tx, actor, command);
  });
}

export async function discardImport(actor: Actor, importId: string): Promise<void> {
  const { municipality, person } = actor;
  const { count } = await db.treasuryImport.deleteMany({
    where: { municipality, id: importId, person, state: "draft" },
  });
  if (count === 0) throw new NotFoundError("treasury_import_not_found");
}

/**
 * Takes back what was confirmed by mistake, whoever did: its outcomes are counted no more. What was signed stays on the
 * ledger, and what waits for a signature is not signed.
 */
export async function withdrawImport(actor: Actor, importId: string): Promise<void> {
  const { municipality } = actor;
  await db.$transaction(async (tx) => {
    await lock(tx, municipality);
    const { count } = await tx.treasuryImport.updateMany({
      where: { municipality, id: importId, state: "imported" },
      data: { state: "withdrawn" },
    });
    if (count === 0) throw new NotFoundError("treasury_import_not_found");
  });
}

/** Drafts that nobody confirmed within a day. */
export async function forgetDrafts(now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - DRAFT_MS);
  await db.treasuryImport.deleteMany({ where: { state: "draft", createdAt: { lt: before } } });
}

export async function saveTreasuryCodes(actor: Actor, codes: TreasuryCodes): Promise<void> {
  const { municipality, person } = actor;
  const data = { codes: treasuryCodesSchema.parse(codes), changedBy: person };
  await db.treasuryCodes.upsert({
    where: { municipality },
    create: { municipality, ...data },
    update: data,
  });
}

async function readUpload(municipality: string, files: readonly Uint8Array[]): Promise<Upload> {
  const refuse = (code: string, params = {}) =>
    new InvalidInputError({ files: code }, "invalid_input", params);
  try {
    const joined = joinFiles(files.map(readTreasuryFile), ownCodes(await stored.codesOf(municipality)));
    if ("problem" in joined) throw refuse(joined.problem, joined.params);
    const { flow, ...rest } = joined.upload;
    const upload = { ...rest, flow: flow === null ? null : flowName(flow) };
    await requireNewest(db, municipality, {
      ...upload,
      flowCreatedAt: upload.createdAt === null ? null : new Date(upload.createdAt),
    });
    return upload;
  } catch (error) {
    if (error instanceof TreasuryFileError) throw refuse(error.code, error.params);
    if (error instanceof ConflictError) throw refuse(error.code, error.params);
    throw error;
  }
}

function ownCodes({ office, siope, taxCode, bankEntity }: TreasuryCodes) {
  return {
    ...(office && { office }),
    ...(siope && { siope }),
    ...(taxCode && { taxCode }),
    ...(bankEntity && { bank: bankEntity }),
  };
}

/** @throws ConflictError where a later version of the same flow was imported */
async function requireNewest(
  tx: Database,
  municipality: string,
  { source, flow, flowCreatedAt }: { source: string; flow: string | null; flowCreatedAt: Date | null },
): Promise<void> {
  if (flow === null || flowCreatedAt === null) return;
  const later = await tx.treasuryImport.findFirst({
    where: { municipality, state: "imported", source, flow, flowCreatedAt: { gt: flowCreatedAt } },
    select: { id: true },
  });
  if (later) throw new ConflictError("treasury_flow_older");
}

/** Two people who import at once do it one after the other: the second sees what the first has prepared. */
async function lock(tx: Database, municipality: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(${`treasury ${municipality}`}, 0))) AS held`;
}

async function propose(tx: Prisma.TransactionClient, actor: Actor, command: string): Promise<number> {
  const { municipality } = actor;
  const { payments } = await stored.matchingOf(municipality, tx);
  const taken = await stored.paymentsOnTheirWay(municipality, tx);
  const asked = payments.filter(
    ({ settlement, payment }) => settlement.kind === "act" && !taken.has(payment.id),
  );
  const now = asked.slice(0, MOST_ACTS);
  for (const matched of now) await proposeOne(tx, actor, matched, command);
  return now.length;
}

async function proposeOne(
  tx: Prisma.TransactionClient,
  actor: Actor,
  { payment, key, movements, settlement }: Matched,
  command: string,
): Promise<void> {
  if (settlement.kind !== "act" || !key) return;
  const { municipality } = actor;
  const { act } = settlement;
  if (!allows(act.transaction, { payment: payment.state })) return;
  const content = evidenceOf(payment.id, key, act, movements);
  const documentHash = createHash("sha256").update(canonicalJson(content)).digest("hex");
  await tx.treasuryEvidence.createMany({
    data: [{ municipality, digest: documentHash, payment: payment.id, content }],
    skipDuplicates: true,
  });
  const base = { municipality, id: payment.id, reference: referenceOf(key, act, movements), documentHash };
  const subject = { type: "payment", id: payment.id };
  const own = systemCommand("treasury outcome", municipality, command, payment.id);
  if (act.transaction === "payments:recover")
    await record(
      tx as never,
      actor,
      act.transaction,
      { ...base, amountCents: act.amountCents },
      subject,
      own,
    );
  else await record(tx, actor, act.transaction, { ...base, on: act.on }, subject, own);
}
