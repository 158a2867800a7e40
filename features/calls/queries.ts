import "server-only";
import { publicFilesByHash } from "@/features/documents/queries";
import type { ActView } from "@/features/documents/rules";
import { callPhase } from "@/features/proposals/rules";
import { type PendingItem, pendingItems } from "@/ledger/client/outbox/pending";
import { db } from "@/lib/db";
import { todayInItaly } from "@/lib/local-time";

export type CallCard = {
  id: string;
  slug: string;
  title: string;
  summary: string;
  opensOn: string;
  closesOn: string;
  phase: "coming" | "open" | "closed";
  /** Whether proposals are assessed as they arrive: the last day is no deadline for all of them. */
  rolling: boolean;
  maxCostCents: bigint;
  proposals: number;
};

export type CriterionView = { id: string; weight: number; title: { it: string; en: string } };

export type CallView = CallCard & {
  objectives: string;
  whoMay: string;
  documentsAsked: string;
  scopes: string[];
  criteria: CriterionView[];
  threshold: number;
  requiredScores: number;
  lines: { id: string; fund: string; name: string; budgetCents: bigint; fictional: boolean }[];
  act: ActView;
  /** Where the act's file can be read, if it is here. */
  actHref: string | null;
  transactionId: string;
  block: string;
};

/** The chain's day of a municipality, on which deadlines are read; today's date before its first day is recorded. */
export async function chainDay(municipality: string): Promise<string> {
  const row = await db.chainDay.findUnique({ where: { municipality_id: { municipality, id: "day" } } });
  return row?.day ?? todayInItaly();
}

/** Published calls: open ones first, then those to come, then the closed ones, latest first. */
export async function listCalls(municipality: string): Promise<CallCard[]> {
  const day = await chainDay(municipality);
  const [chain, words, counts] = await Promise.all([
    db.chainCall.findMany({ where: { municipality }, orderBy: { closesOn: "desc" } }),
    db.call.findMany({ where: { municipality } }),
    db.chainProposal.groupBy({
      by: ["call"],
      where: { municipality, state: { notIn: ["submitted", "withdrawn"] } },
      _count: true,
    }),
  ]);
  const order = { open: 0, coming: 1, closed: 2 };
  return chain
    .flatMap((row) => {
      const text = words.find(({ id }) => id === row.id);
      return text ? [cardOf(row, text, day, counts.find(({ call }) => call === row.id)?._count ?? 0)] : [];
    })
    .sort((a, b) => order[a.phase] - order[b.phase]);
}

export async function callBySlug(
  { istatCode: municipality, slug: path }: { istatCode: string; slug: string },
  slug: string,
): Promise<CallView | null> {
  const text = await db.call.findUnique({ where: { municipality_slug: { municipality, slug } } });
  const row =
    text && (await db.chainCall.findUnique({ where: { municipality_id: { municipality, id: text.id } } }));
  if (!row) return null;
  const [day, proposals, lines] = await Promise.all([
    chainDay(municipality),
    db.chainProposal.count({
      where: { municipality, call: row.id, state: { notIn: ["submitted", "withdrawn"] } },
    }),
    db.chainBudgetLine.findMany({ where: { municipality, id: { in: row.lines } }, orderBy: { name: "asc" } }),
  ]);
  const { act } = row.record as { act: ActView };
  const files = await publicFilesByHash({ istatCode: municipality, slug: path }, [act.file]);
  return {
    ...cardOf(row, text, day, proposals),
    objectives: text.objectives,
    whoMay: text.whoMay,
    documentsAsked: text.documentsAsked,
    scopes: row.scopes,
    criteria: text.criteria as CriterionView[],
    threshold: row.threshold,
    requiredScores: row.requiredScores,
    lines: lines.map(({ id, fund, name, budgetCents, fictional }) => ({
      id,
      fund,
      name,
      budgetCents,
      fictional,
    })),
    act,
    actHref: files.get(act.file) ?? null,
    transactionId: row.transactionId,
    block: row.block.toString(),
  };
}

/** Calls that are not published yet, for the office that writes them, last changed first. */
export async function draftCalls(
  municipality: string,
): Promise<{ id: string; title: string; updatedAt: Date }[]> {
  const [drafts, published] = await Promise.all([
    db.call.findMany({ where: { municipality }, orderBy: { updatedAt: "desc" } }),
    db.chainCall.findMany({ where: { municipality }, select: { id: true } }),
  ]);
  const known = new Set(published.map(({ id }) => id));
  return drafts
    .filter(({ id }) => !known.has(id))
    .map(({ id, title, updatedAt }) => ({ id, title, updatedAt }));
}

/** As many calls as are offered to be copied. */
const MOST_COPIED = 30;

/** The calls of a municipality that a new one can begin from, drafts and published ones, last changed first. */
export async function callsToCopy(municipality: string): Promise<{ id: string; title: string }[]> {
  return db.call.findMany({
    where: { municipality },
    orderBy: { updatedAt: "desc" },
    take: MOST_COPIED,
    select: { id: true, title: true },
  });
}

export type OfficeCall = {
  id: string;
  slug: string;
  title: string;
  summary: string;
  objectives: string;
  whoMay: string;
  documentsAsked: string;
  scopes: string[];
  opensOn: string;
  closesOn: string;
  rolling: boolean;
  threshold: number;
  requiredScores: number;
  maxCostCents: bigint;
  lines: string[];
  criteria: CriterionView[];
  /** As the ledger has it; null while it is a draft. */
  published: { closesOn: string; phase: CallCard["phase"] } | null;
};

/** One call as the office that writes it sees it, whether published or not. */
export async function officeCall(municipality: string, id: string): Promise<OfficeCall | null> {
  const [row, chain, day] = await Promise.all([
    db.call.findUnique({ where: { municipality_id: { municipality, id } } }),
    db.chainCall.findUnique({ where: { municipality_id: { municipality, id } } }),
    chainDay(municipality),
  ]);
  if (!row) return null;
  const { slug, title, summary, objectives, whoMay, documentsAsked, scopes, opensOn, closesOn } = row;
  const { rolling, threshold, requiredScores, maxCostCents, lines } = row;
  return {
    ...{ id, slug, title, summary, objectives, whoMay, documentsAsked, scopes, opensOn, closesOn },
    ...{ rolling, threshold, requiredScores, maxCostCents, lines },
    criteria: row.criteria as CriterionView[],
    published: chain && { closesOn: chain.closesOn, phase: callPhase(chain, day) },
  };
}

/** What was asked for on a call and is not on the ledger. */
export async function pendingOfCall(municipality: string, id: string): Promise<PendingItem[]> {
  return pendingItems(db, { municipality, subject: { type: "call", id } });
}

export type LineChoice = { id: string; name: string; fund: string; year: number };

/** Budget lines that a call may draw on, latest year first. */
export async function lineChoices(municipality: string): Promise<LineChoice[]> {
  const rows = await db.chainBudgetLine.findMany({
    where: { municipality },
    orderBy: [{ year: "desc" }, { name: "asc" }],
  });
  return rows.map(({ id, name, fund, year }) => ({ id, name, fund, year }));
}

function cardOf(
  row: { id: string; opensOn: string; closesOn: string; maxCostCents: bigint },
  text: { slug: string; title: string; summary: string; rolling: boolean },
  day: string,
  proposals: number,
): CallCard {
  const { id, opensOn, closesOn, maxCostCents } = row;
  const { slug, title, summary, rolling } = text;
  const phase = callPhase(row, day);
  return { id, slug, title, summary, opensOn, closesOn, maxCostCents, phase, rolling, proposals };
}
