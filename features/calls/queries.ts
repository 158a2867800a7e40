import "server-only";
import type { ActView } from "@/features/documents/rules";
import { callPhase } from "@/features/proposals/rules";
import type { Call } from "@/generated/prisma/client";
import { db } from "@/lib/db";

export type CallCard = {
  id: string;
  slug: string;
  title: string;
  summary: string;
  opensOn: string;
  closesOn: string;
  phase: "coming" | "open" | "closed";
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
  transactionId: string;
  block: string;
};

/** The chain's day of a municipality, on which deadlines are read; today's date before its first day is recorded. */
export async function chainDay(municipality: string): Promise<string> {
  const row = await db.chainDay.findUnique({ where: { municipality_id: { municipality, id: "day" } } });
  return row?.day ?? new Date().toISOString().slice(0, 10);
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

export async function callBySlug(municipality: string, slug: string): Promise<CallView | null> {
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
    act: (row.record as { act: ActView }).act,
    transactionId: row.transactionId,
    block: row.block.toString(),
  };
}

/** A call that is not published yet, for the office that writes it. */
export async function draftCalls(municipality: string): Promise<Call[]> {
  const [drafts, published] = await Promise.all([
    db.call.findMany({ where: { municipality }, orderBy: { updatedAt: "desc" } }),
    db.chainCall.findMany({ where: { municipality }, select: { id: true } }),
  ]);
  const known = new Set(published.map(({ id }) => id));
  return drafts.filter(({ id }) => !known.has(id));
}

function cardOf(
  row: { id: string; opensOn: string; closesOn: string; maxCostCents: bigint },
  text: { slug: string; title: string; summary: string },
  day: string,
  proposals: number,
): CallCard {
  const { id, opensOn, closesOn, maxCostCents } = row;
  const { slug, title, summary } = text;
  return { id, slug, title, summary, opensOn, closesOn, maxCostCents, phase: callPhase(row, day), proposals };
}
