import "server-only";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { addressOf } from "@/lib/language/address";
import { withoutPersonalCodes } from "@/lib/personal-codes";
import type { ProcessReleases } from "./ocds/packages";
import { type LedgerRecord, ocidOf, type Process, type Step, TRIAL_PREFIX } from "./ocds/process";
import { type Release, ReleaseWriter } from "./ocds/releases";
import { hasPublicName } from "./rules";

type Municipality = { istatCode: string; slug: string; name: string };

const CALLS = 50;
const ENTRIES = 500;

/** The prefix that Open Contracting Partnership has given whoever runs this site, or a word that is none. */
export function ocdsPrefix(): string {
  return env.OCDS_PREFIX ?? TRIAL_PREFIX;
}

export async function hasProcesses(municipality: string): Promise<boolean> {
  return (await db.chainCall.findFirst({ where: { municipality }, select: { id: true } })) !== null;
}

/** Every contracting process of a municipality, one for each call, or the one of `call`. */
export async function* processesOf(
  municipality: Municipality,
  call?: string,
): AsyncGenerator<ProcessReleases> {
  const { istatCode } = municipality;
  let after = "";
  for (;;) {
    const calls = await db.chainCall.findMany({
      where: { municipality: istatCode, id: call ?? { gt: after } },
      orderBy: { id: "asc" },
      take: CALLS,
      select: { id: true, lines: true },
    });
    for (const { id, lines } of calls) {
      const ocid = ocidOf(ocdsPrefix(), istatCode, id);
      yield { ocid, releases: releasesOf(municipality, { id, lines, ocid }) };
    }
    if (call !== undefined || calls.length < CALLS) return;
    after = calls.at(-1)?.id ?? "";
  }
}

type Call = { id: string; lines: string[]; ocid: string };

async function* releasesOf(municipality: Municipality, call: Call): AsyncGenerator<Release> {
  const { istatCode } = municipality;
  const ids = await recordsOf(istatCode, call);
  const writer = new ReleaseWriter(await processOf(municipality, call, ids));
  for await (const step of stepsOf(istatCode, ids)) {
    const release = writer.next(step);
    if (release) yield release;
  }
}

/** Ids of the records that a process is told from, by type. */
async function recordsOf(municipality: string, call: Call) {
  const ids = { select: { id: true } } as const;
  const proposals = await db.chainProposal.findMany({
    // In whatever state they are now: what was told of one stays told.
    where: { municipality, call: call.id },
    select: { id: true, subject: true, commons: true },
  });
  const [pacts, commitments] = await Promise.all([
    db.chainPact.findMany({
      where: { municipality, proposal: { in: proposals.map(({ id }) => id) } },
      select: { id: true },
    }),
    db.chainCommitment.findMany({
      where: { municipality, proposal: { in: proposals.map(({ id }) => id) } },
      select: { id: true, payee: true, line: true },
    }),
  ]);
  const below = { where: { municipality, commitment: { in: commitments.map(({ id }) => id) } }, ...ids };
  const [milestones, payments, reports] = await Promise.all([
    db.chainMilestone.findMany(below),
    db.chainPayment.findMany(below),
    db.chainReport.findMany(below),
  ]);
  const only = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
  return {
    call: [call.id],
    budget_line: call.lines,
    proposal: only(proposals),
    pact: only(pacts),
    commitment: only(commitments),
    milestone: only(milestones),
    payment: only(payments),
    report: only(reports),
    subject: [
      ...new Set([...proposals.map(({ subject }) => subject), ...commitments.map(({ payee }) => payee)]),
    ],
    commons: [...new Set(proposals.map(({ commons }) => commons))],
  };
}

type RecordIds = Awaited<ReturnType<typeof recordsOf>>;

async function processOf(municipality: Municipality, call: Call, ids: RecordIds): Promise<Process> {
  const { istatCode, slug, name } = municipality;
  const where = (list: string[]) => ({ municipality: istatCode, id: { in: list } });
  const [row, text, subjects, kinds, milestones, commons] = await Promise.all([
    db.municipality.findUnique({ where: { istatCode }, select: { ipaCode: true } }),
    db.call.findUnique({ where: { municipality_id: { municipality: istatCode, id: call.id } } }),
    db.subject.findMany({ where: where(ids.subject), select: { id: true, name: true } }),
    db.chainSubject.findMany({ where: where(ids.subject), select: { id: true, kind: true } }),
    db.milestoneText.findMany({ where: where(ids.milestone), select: { id: true, title: true } }),
    db.commons.findMany({
      where: { ...where(ids.commons), publishedAt: { not: null } },
      select: { id: true, name: true },
    }),
  ]);
  const named = new Set(kinds.filter(({ kind }) => hasPublicName(kind)).map(({ id }) => id));
  const clean = withoutPersonalCodes;
  const { title = "", summary = "", whoMay = "" } = text ?? {};
  return {
    ...{ ocid: call.ocid, call: call.id },
    municipality: { istatCode, name, ipaCode: row?.ipaCode ?? null },
    words: {
      call: { title: clean(title), summary: clean(summary), whoMay: clean(whoMay) },
      subjects: new Map(
        subjects.filter(({ id }) => named.has(id)).map((subject) => [subject.id, clean(subject.name)]),
      ),
      milestones: new Map(milestones.map((milestone) => [milestone.id, clean(milestone.title)])),
      commons: new Map(commons.map((place) => [place.id, clean(place.name)])),
    },
    proofOf: (transaction) => {
      const pathname = "/[municipality]/verify/[transaction]";
      return addressOf("it", { pathname, params: { municipality: slug, transaction } });
    },
  };
}

const told = [
  ...["call", "budget_line", "subject", "proposal", "pact"],
  ...["commitment", "milestone", "payment", "report"],
] as const;

/** Transactions about these records in the order of the ledger, read a batch at a time. */
async function* stepsOf(municipality: string, ids: RecordIds): AsyncGenerator<Step> {
  let after = { block: -1n, index: 0, position: 0 };
  let open: { key: string; block: bigint; index: number; records: LedgerRecord[] } | undefined;
  for (;;) {
    const entries = await db.chainEntry.findMany({
      where: {
        municipality,
        AND: [
          { OR: told.map((type) => ({ type, recordId: { in: ids[type as keyof RecordIds] } })) },
          {
            OR: [
              { block: { gt: after.block } },
              { block: after.block, index: { gt: after.index } },
              { block: after.block, index: after.index, position: { gt: after.position } },
            ],
          },
        ],
      },
      orderBy: [{ block: "asc" }, { index: "asc" }, { position: "asc" }],
      take: ENTRIES,
    });
    const done: NonNullable<typeof open>[] = [];
    for (const { block, index, type, record } of entries) {
      const key = `${block}/${index}`;
      if (open?.key !== key) {
        if (open) done.push(open);
        open = { key, block, index, records: [] };
      }
      open.records.push({ type, record } as unknown as LedgerRecord);
    }
    const isLast = entries.length < ENTRIES;
    if (isLast && open) done.push(open);
    const transactions = await db.chainTransaction.findMany({
      where: { municipality, block: { in: [...new Set(done.map(({ block }) => block))] }, code: 0 },
      select: { block: true, index: true, id: true, statedTime: true, day: true },
    });
    const found = new Map(transactions.map((row) => [`${row.block}/${row.index}`, row]));
    for (const { key, records } of done) {
      const transaction = found.get(key);
      if (!transaction) throw new Error(`no valid transaction ${key} left the records of the projection`);
      const { id: transactionId, statedTime: time, day } = transaction;
      yield { transactionId, time, day: day ?? "", records };
    }
    if (isLast) return;
    after = entries.at(-1) ?? after;
  }
}
