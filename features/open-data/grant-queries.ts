import "server-only";
import { chainDay } from "@/features/calls/queries";
import type { ChainCommitment } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { withoutPersonalCodes } from "@/lib/personal-codes";
import type { RecordOf } from "@/protocol/records";
import { pactAddress } from "./addresses";
import type { GrantView } from "./grant-list";
import { addGrant, belongsOnList, type GrantTotals, hasPublicName } from "./rules";

type Municipality = { istatCode: string; slug: string };
type Kind = RecordOf<"subject">["kind"];
type Committed = { row: ChainCommitment; record: RecordOf<"commitment">; kind: Kind };

const BATCH = 500;
/** What a page or a spreadsheet of one year holds; the other files have no limit. */
export const MOST_GRANTS = 5_000;

/** Years in which money was committed, latest first; the current one is always there. */
export async function grantYears(municipality: string): Promise<number[]> {
  const [first, day] = await Promise.all([
    db.chainCommitment.findFirst({
      where: { municipality },
      orderBy: { committedOn: "asc" },
      select: { committedOn: true },
    }),
    chainDay(municipality),
  ]);
  const last = Number(day.slice(0, 4));
  const from = Math.min(last, Number((first?.committedOn ?? day).slice(0, 4)));
  return Array.from({ length: last - from + 1 }, (_, index) => last - index);
}

export type WaitingGrants = { count: number; amountCents: bigint };

/**
 * Rows of the list of one year, in the order of the ledger's days, a batch at a time. A row is on the list once it is
 * published: its text is the one whose digest the ledger has, and until then nothing of it is ordered to be paid.
 */
export async function* grantsOf(municipality: Municipality, year: number): AsyncGenerator<GrantView[]> {
  const { totals, threshold } = await totalsOf(municipality.istatCode, year);
  for await (const batch of commitmentsIn(municipality.istatCode, year)) {
    const due = batch.filter(
      ({ record, kind }) => record.publication && belongsOnList(record, kind, totals, threshold),
    );
    if (due.length > 0) yield await viewsOf(municipality, due);
  }
}

/** The list of a year for a page: at most `MOST_GRANTS`, and what is above the threshold and not published yet. */
export async function grantList(
  municipality: { istatCode: string; slug: string },
  year: number,
): Promise<{ grants: GrantView[]; isWhole: boolean; waiting: WaitingGrants; thresholdCents: number }> {
  const { totals, threshold } = await totalsOf(municipality.istatCode, year);
  const waiting: WaitingGrants = { count: 0, amountCents: 0n };
  const due: Committed[] = [];
  let isWhole = true;
  for await (const batch of commitmentsIn(municipality.istatCode, year)) {
    for (const committed of batch) {
      if (!belongsOnList(committed.record, committed.kind, totals, threshold)) continue;
      if (!committed.record.publication) {
        waiting.count += 1;
        waiting.amountCents += committed.row.amountCents;
      } else if (due.length < MOST_GRANTS) due.push(committed);
      else isWhole = false;
    }
  }
  return { grants: await viewsOf(municipality, due), isWhole, waiting, thresholdCents: threshold };
}

async function totalsOf(municipality: string, year: number) {
  const totals: GrantTotals = new Map();
  for await (const batch of commitmentsIn(municipality, year))
    for (const { record, kind } of batch) addGrant(totals, record, kind);
  const registered = await db.chainMunicipality.findFirst({ where: { municipality } });
  const { settings } = (registered?.record ?? {}) as Partial<RecordOf<"municipality">>;
  return { totals, threshold: settings?.publishGrantsAboveCents ?? 100_000 };
}

/** Commitments of a year with the kind of whom they pay, in the order of their days. */
async function* commitmentsIn(municipality: string, year: number): AsyncGenerator<Committed[]> {
  let after = { committedOn: `${year}-01-01`, id: "" };
  for (;;) {
    const rows = await db.chainCommitment.findMany({
      where: {
        municipality,
        committedOn: { lte: `${year}-12-31` },
        OR: [
          { committedOn: { gt: after.committedOn } },
          { committedOn: after.committedOn, id: { gt: after.id } },
        ],
      },
      orderBy: [{ committedOn: "asc" }, { id: "asc" }],
      take: BATCH,
    });
    const last = rows.at(-1);
    if (!last) return;
    const payees = await db.chainSubject.findMany({
      where: { municipality, id: { in: rows.map(({ payee }) => payee) } },
      select: { id: true, kind: true },
    });
    const kindOf = new Map(payees.map(({ id, kind }) => [id, kind as Kind]));
    yield rows.map((row) => ({
      row,
      record: row.record as unknown as RecordOf<"commitment">,
      kind: kindOf.get(row.payee) ?? "person",
    }));
    if (rows.length < BATCH) return;
    after = last;
  }
}

async function viewsOf(
  { istatCode: municipality, slug }: Municipality,
  committed: readonly Committed[],
): Promise<GrantView[]> {
  const where = (ids: string[]) => ({ municipality, id: { in: ids } });
  const [texts, subjects, registered, commons, pacts] = await Promise.all([
    // What was carried over to a later year is published by the row it had before.
    db.grantRow.findMany({
      where: {
        municipality,
        digest: { in: committed.flatMap(({ record }) => record.publication?.digest ?? []) },
      },
    }),
    db.subject.findMany({
      where: where(committed.map(({ row }) => row.payee)),
      select: { id: true, name: true },
    }),
    db.chainSubject.findMany({ where: where(committed.map(({ row }) => row.payee)) }),
    db.commons.findMany({
      where: { ...where(committed.map(({ row }) => row.commons)), publishedAt: { not: null } },
      select: { id: true, slug: true, name: true },
    }),
    db.pact.findMany({
      where: where(committed.map(({ row }) => row.pact)),
      select: { id: true, slug: true },
    }),
  ]);
  const byId = <Row extends { id: string }>(rows: readonly Row[]) =>
    new Map(rows.map((row) => [row.id, row]));
  const [nameOf, payeeOf, commonsOf, pactOf] = [byId(subjects), byId(registered), byId(commons), byId(pacts)];
  const textOf = new Map(texts.map((text) => [text.digest, text]));
  return committed.flatMap(({ row, record, kind }) => {
    const { publication } = record;
    const text = publication && textOf.get(publication.digest);
    if (!publication || !text) return [];
    const words = text.row as Record<string, string>;
    const word = (name: string) => withoutPersonalCodes(words[name] ?? "");
    const payee = payeeOf.get(row.payee)?.record as unknown as RecordOf<"subject"> | undefined;
    const place = commonsOf.get(row.commons);
    const pact = pactOf.get(row.pact) ?? null;
    const named = hasPublicName(kind);
    return {
      id: row.id,
      beneficiary: named ? withoutPersonalCodes(nameOf.get(row.payee)?.name ?? "") : "",
      beneficiaryCode: row.payee,
      fiscalCode: (named && (record.payeeCode ?? payee?.code)) || null,
      amountCents: row.amountCents,
      legalBasis: word("legalBasis"),
      act: actName(record.grantAct ?? record.act),
      office: word("office"),
      responsibleOfficer: word("responsibleOfficer"),
      selectionMethod: word("selectionMethod"),
      projectLink: word("projectLink"),
      commons: { slug: place?.slug ?? "", name: withoutPersonalCodes(place?.name ?? "") },
      pact,
      pactLink: pact && pactAddress(slug, pact.slug),
      grantedOn: row.committedOn,
      publishedOn: publication.on,
      fictional: row.fictional,
      transactionId: row.transactionId,
    };
  });
}

function actName({ kind, number, date, body }: RecordOf<"commitment">["act"]): string {
  return withoutPersonalCodes(`${kind} ${number} (${date}), ${body}`);
}
