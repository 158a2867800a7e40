import "server-only";
import { z } from "zod";
import type { Prisma } from "@/generated/prisma/client";
import { type Database, db } from "@/lib/db";
import { todayInItaly } from "@/lib/local-time";
import type { Viewer } from "@/lib/permissions";
import { type TreasuryCodes, treasuryCodesSchema } from "./codes-schema";
import { type Matching, match, type NumberedPayment } from "./matching";
import { Movement } from "./movement";

/** Every payment of a municipality that was ever ordered. */
export async function orderedPayments(municipality: string, tx: Database = db): Promise<NumberedPayment[]> {
  const rows = await tx.chainPayment.findMany({
    where: { municipality, orderNumber: { not: null }, orderedOn: { not: null } },
    select: {
      ...{ id: true, state: true, amountCents: true, recoveredCents: true },
      ...{ orderedOn: true, orderNumber: true },
    },
    orderBy: [{ orderedOn: "asc" }, { id: "asc" }],
  });
  return rows.flatMap(({ orderedOn, orderNumber, amountCents, recoveredCents, ...row }) =>
    orderedOn === null || orderNumber === null
      ? []
      : [
          {
            ...{ ...row, orderedOn, orderNumber },
            ...{ amountCents: Number(amountCents), recoveredCents: Number(recoveredCents) },
          },
        ],
  );
}

/** Movements of all imports that count; those of a flow that `without` brings anew left out. */
export async function storedMovements(
  municipality: string,
  tx: Database = db,
  without: { source: string; flow: string | null } | null = null,
): Promise<Movement[]> {
  const rows = await tx.treasuryImport.findMany({
    where: { municipality, state: "imported" },
    select: { source: true, flow: true, movements: true },
    orderBy: [{ importedAt: "asc" }, { id: "asc" }],
  });
  return rows
    .filter(({ source, flow }) => !(without?.flow && without.source === source && without.flow === flow))
    .flatMap(({ movements }) => movementsIn(movements));
}

export function movementsIn(stored: unknown): Movement[] {
  return z.array(Movement).parse(stored);
}

/** The last day on which something can have happened for the ledger. */
export async function ledgerDay(municipality: string, tx: Database = db): Promise<string> {
  const row = await tx.chainDay.findFirst({ where: { municipality }, select: { day: true } });
  return row?.day ?? todayInItaly();
}

export async function matchingOf(municipality: string, tx: Database = db): Promise<Matching> {
  const [payments, movements, today] = [
    await orderedPayments(municipality, tx),
    await storedMovements(municipality, tx),
    await ledgerDay(municipality, tx),
  ];
  return match(payments, movements, today);
}

/** Payments whose next step is on its way or waits for somebody's signature. */
export async function paymentsOnTheirWay(municipality: string, tx: Database = db): Promise<Set<string>> {
  const rows = await tx.outboxItem.findMany({
    where: {
      ...{ municipality, subjectType: "payment" },
      status: { in: ["to_sign", "queued", "sending", "following"] },
    },
    select: { subjectId: true },
  });
  return new Set(rows.map(({ subjectId }) => subjectId));
}

export async function codesOf(municipality: string, tx: Database = db): Promise<TreasuryCodes> {
  const row = await tx.treasuryCodes.findUnique({ where: { municipality }, select: { codes: true } });
  return treasuryCodesSchema.parse(row?.codes ?? {});
}

const IMPORTS_SHOWN = 100;

export type ImportView = {
  id: string;
  state: "draft" | "imported" | "superseded" | "withdrawn";
  source: "outcomes" | "journal" | "csv";
  digests: string[];
  flow: string | null;
  flowCreatedAt: Date | null;
  signed: boolean;
  rows: number;
  foreignRows: number;
  ownRows: number;
  by: string | null;
  at: Date;
};

const columns = {
  ...{ id: true, state: true, source: true, digests: true, flow: true, flowCreatedAt: true, signed: true },
  ...{ rows: true, foreignRows: true, movements: true, person: true, createdAt: true, importedAt: true },
} as const;

/** What was imported, the latest first, and the drafts of the person who looks. */
export async function importsOf(municipality: string, viewer: Viewer): Promise<ImportView[]> {
  const rows = await db.treasuryImport.findMany({
    where: { municipality, OR: [{ state: { not: "draft" } }, { person: viewer.id }] },
    select: columns,
    orderBy: { createdAt: "desc" },
    take: IMPORTS_SHOWN,
  });
  return withNames(rows);
}

/** One import with its movements; drafts are shown to whoever made them alone. */
export async function importById(
  municipality: string,
  id: string,
  viewer: Viewer,
): Promise<(ImportView & { movements: Movement[] }) | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const row = await db.treasuryImport.findFirst({
    where: { municipality, id, OR: [{ state: { not: "draft" } }, { person: viewer.id }] },
    select: columns,
  });
  if (!row) return null;
  const [view] = await withNames([row]);
  return view ? { ...view, movements: movementsIn(row.movements) } : null;
}

async function withNames(
  rows: readonly Prisma.TreasuryImportGetPayload<{ select: typeof columns }>[],
): Promise<ImportView[]> {
  const people = await db.person.findMany({
    where: { id: { in: [...new Set(rows.map(({ person }) => person))] } },
    select: { id: true, displayName: true },
  });
  const names = new Map(people.map(({ id, displayName }) => [id, displayName]));
  return rows.map(({ person, movements, createdAt, importedAt, state, source, ...row }) => ({
    ...row,
    state: state as ImportView["state"],
    source: source as ImportView["source"],
    ownRows: movementsIn(movements).length,
    by: names.get(person) ?? null,
    at: importedAt ?? createdAt,
  }));
}
