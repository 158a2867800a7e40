import "server-only";
import { db } from "@/lib/db";
import type { Viewer } from "@/lib/permissions";
import { type Appeal, appealView, type Decision, decisionView } from "./moderation-views";
import { type CaseState, excerpt } from "./rules";

export type Statement = { text: string; decision: Decision; afterReports: boolean; appeal: Appeal | null };

/** Why a comment is hidden, for its author; null for anybody else, and where it is not. */
export async function statementOn(
  municipality: string,
  comment: string,
  viewer: Viewer,
): Promise<Statement | null> {
  const row = await db.comment.findFirst({ where: { id: comment, municipality, author: viewer.id } });
  if (!row?.hiddenBy) return null;
  const decision = await db.commentDecision.findFirst({ where: { id: row.hiddenBy, municipality } });
  if (!decision) return null;
  const [appeal, held] = await Promise.all([
    db.commentAppeal.findFirst({ where: { municipality, decision: decision.id } }),
    db.commentCase.findFirst({ where: { municipality, id: decision.inCase }, select: { reports: true } }),
  ]);
  return {
    text: row.text,
    decision: decisionView(decision),
    afterReports: (held?.reports ?? 0) > 0,
    appeal: appeal && appealView(appeal),
  };
}

export type OwnReport = {
  id: string;
  comment: string;
  reason: string;
  text: string;
  at: Date;
  state: CaseState;
  /** What was decided of it, once it was. */
  decision: Decision | null;
};

/** What somebody has reported, latest first, with what became of it. */
export async function ownReports(municipality: string, viewer: Viewer): Promise<OwnReport[]> {
  const rows = await db.commentReport.findMany({
    where: { municipality, reporter: viewer.id },
    orderBy: { createdAt: "desc" },
    take: 100,
  });
  const inCase = { in: rows.map((row) => row.inCase) };
  const [cases, decisions] = await Promise.all([
    db.commentCase.findMany({ where: { municipality, id: inCase } }),
    db.commentDecision.findMany({ where: { municipality, inCase } }),
  ]);
  return rows.map(({ id, comment, reason, text, createdAt, inCase: held }) => {
    const decision = decisions.find((row) => row.inCase === held);
    return {
      ...{ id, comment, reason, text, at: createdAt, decision: decision ? decisionView(decision) : null },
      state: (cases.find((row) => row.id === held)?.state ?? "open") as CaseState,
    };
  });
}

export type OwnDecided = { comment: string; words: string; decision: Decision; appeal: Appeal | null };

/** What was hidden of somebody's comments, also what an appeal has shown again. */
export async function ownDecided(municipality: string, viewer: Viewer): Promise<OwnDecided[]> {
  const own = await db.comment.findMany({
    where: { municipality, author: viewer.id },
    select: { id: true, text: true },
  });
  const decisions = await db.commentDecision.findMany({
    where: { municipality, hides: true, comment: { in: own.map(({ id }) => id) } },
    orderBy: { createdAt: "desc" },
    take: 100,
  });
  const appeals = await db.commentAppeal.findMany({
    where: { municipality, decision: { in: decisions.map(({ id }) => id) } },
  });
  return decisions.map((decision) => {
    const appeal = appeals.find((row) => row.decision === decision.id);
    return {
      comment: decision.comment,
      words: excerpt(own.find(({ id }) => id === decision.comment)?.text ?? ""),
      decision: decisionView(decision),
      appeal: appeal ? appealView(appeal) : null,
    };
  });
}
