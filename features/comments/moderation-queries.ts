import "server-only";
import type {
  Comment,
  CommentAppeal,
  CommentCase,
  CommentDecision,
  CommentReport,
} from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { pagesOf } from "@/lib/page-in";
import type { Viewer } from "@/lib/permissions";
import { type Subject, subjectOf } from "./about-queries";
import { type Appeal, appealView, type Decision, decisionView, officeIn } from "./moderation-views";
import { pseudonymOf } from "./pseudonym";
import {
  type AboutType,
  appealOffice,
  type CaseState,
  decidingOffice,
  excerpt,
  type Office,
  PER_PAGE,
  QUESTION_DAYS,
} from "./rules";

export type WaitingCase = {
  id: string;
  state: CaseState;
  reports: number;
  openedAt: Date;
  /** The first words of the comment. */
  words: string;
  mayDecide: boolean;
};

/** Reports and appeals that nobody has decided yet, what waits longest first. */
export async function waitingCases(
  municipality: string,
  viewer: Viewer,
  page = 1,
): Promise<{ cases: WaitingCase[]; count: number; pages: number }> {
  const where = { municipality, state: { in: ["open", "appealed"] } };
  const count = await db.commentCase.count({ where });
  const rows = await db.commentCase.findMany({
    where,
    orderBy: [{ openedAt: "asc" }, { id: "asc" }],
    skip: (page - 1) * PER_PAGE,
    take: PER_PAGE,
  });
  const found = await rowsOf(municipality, rows);
  const cases = rows.map(({ id, state, reports, openedAt }) => {
    const own = found.get(id);
    return {
      ...{ id, state: state as CaseState, reports, openedAt, words: excerpt(own?.comment.text ?? "") },
      mayDecide: own !== undefined && mayOf(municipality, viewer, own).any,
    };
  });
  return { cases, count, pages: pagesOf(count, PER_PAGE) };
}

export type CaseReport = {
  id: string;
  reason: string;
  text: string;
  revision: number;
  sign: string;
  at: Date;
};

export type ModerationCase = {
  id: string;
  state: CaseState;
  reportsCount: number;
  openedAt: Date;
  comment: { id: string; text: string; revision: number; withdrawn: boolean; createdAt: Date };
  subject: Subject | null;
  reports: CaseReport[];
  decisions: Decision[];
  appeals: Appeal[];
  /** What this person may decide now. */
  may: { decide: boolean; decideAppeal: boolean };
};

/** Everything about a case, for those who decide; who reported and who wrote is not named to them. */
export async function caseById(
  municipality: { istatCode: string; slug: string },
  id: string,
  viewer: Viewer,
): Promise<ModerationCase | null> {
  const { istatCode } = municipality;
  const row = await db.commentCase.findFirst({ where: { id, municipality: istatCode } });
  const found = row && (await rowsOf(istatCode, [row])).get(id);
  if (!found) return null;
  const { held, comment, reports, decisions, appeals } = found;
  const { decide, decideAppeal } = mayOf(istatCode, viewer, found);
  return {
    ...{ id, state: held.state as CaseState, reportsCount: held.reports, openedAt: held.openedAt },
    comment: {
      ...{ id: comment.id, text: comment.text, revision: comment.revision },
      ...{ withdrawn: comment.withdrawnAt !== null, createdAt: comment.createdAt },
    },
    subject: await subjectOf(municipality, { type: comment.aboutType as AboutType, id: comment.aboutId }),
    reports: reports.slice(0, 100).map((row) => ({
      ...{ id: row.id, reason: row.reason, text: row.text, revision: row.revision, at: row.createdAt },
      sign: pseudonymOf(istatCode, row.reporter),
    })),
    decisions: decisions.map(decisionView),
    appeals: appeals.map(appealView),
    may: { decide, decideAppeal },
  };
}

export type LogEntry = {
  id: string;
  at: Date;
  what: string;
  inCase: string;
  ground: string;
  /** The office, or the sign of a person who acts for none. */
  office: Office | null;
  sign: string;
};

/** Everything that was done about reported comments, latest first: offices by their name, people by a sign. */
export async function moderationLog(
  municipality: string,
  page = 1,
): Promise<{ entries: LogEntry[]; pages: number }> {
  const count = await db.moderationEntry.count({ where: { municipality } });
  const rows = await db.moderationEntry.findMany({
    where: { municipality },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
    skip: (page - 1) * LOG_PAGE,
    take: LOG_PAGE,
  });
  return {
    pages: pagesOf(count, LOG_PAGE),
    entries: rows.map(({ id, createdAt, what, inCase, ground, organisation, role, person }) => ({
      ...{ id, at: createdAt, what, inCase, ground, office: officeIn({ organisation, role }) },
      sign: pseudonymOf(municipality, person),
    })),
  };
}

const LOG_PAGE = 50;

export type OpenQuestion = { id: string; about: { type: AboutType; id: string }; words: string; at: Date };

/** Questions that no office has answered within the days it has, oldest first. */
export async function unansweredQuestions(
  municipality: string,
  now = new Date(),
  most = PER_PAGE,
): Promise<OpenQuestion[]> {
  const rows = await db.comment.findMany({
    where: {
      ...{ municipality, kind: "question", answeredAt: null, hiddenBy: null, withdrawnAt: null },
      createdAt: { lt: new Date(now.getTime() - QUESTION_DAYS * 86_400_000) },
    },
    orderBy: { createdAt: "asc" },
    take: most,
  });
  return rows.map(({ id, aboutType, aboutId, text, createdAt }) => ({
    ...{ id, about: { type: aboutType as AboutType, id: aboutId }, words: excerpt(text), at: createdAt },
  }));
}

export type CaseToDecide = {
  id: string;
  about: { type: AboutType; id: string };
  since: Date;
  author: string;
  reporters: string[];
  /** The decision that is objected to, where it is one. */
  appeal: { decidedBy: string; organisation: string } | null;
};

/** Cases that wait, with whom they must not wait for. */
export async function casesToDecide(municipality: string): Promise<CaseToDecide[]> {
  const cases = await db.commentCase.findMany({
    where: { municipality, state: { in: ["open", "appealed"] } },
    orderBy: { openedAt: "asc" },
    take: MOST_WAITING,
  });
  const inCase = { in: cases.map(({ id }) => id) };
  const [comments, reports, appeals, decisions] = await Promise.all([
    db.comment.findMany({ where: { municipality, id: { in: cases.map(({ comment }) => comment) } } }),
    db.commentReport.findMany({ where: { municipality, inCase }, select: { inCase: true, reporter: true } }),
    db.commentAppeal.findMany({ where: { municipality, inCase, decidedAt: null } }),
    db.commentDecision.findMany({ where: { municipality, inCase } }),
  ]);
  const of = Map.groupBy(reports, (row) => row.inCase);
  return cases.flatMap(({ id, comment, state, openedAt, changedAt }): CaseToDecide[] => {
    const row = comments.find((one) => one.id === comment);
    if (!row) return [];
    const appeal = appeals.find((one) => one.inCase === id);
    const decision = decisions.find((one) => one.id === appeal?.decision);
    return [
      {
        ...{ id, author: row.author, since: state === "open" ? openedAt : changedAt },
        about: { type: row.aboutType as AboutType, id: row.aboutId },
        reporters: (of.get(id) ?? []).map(({ reporter }) => reporter),
        appeal: decision ? { decidedBy: decision.decidedBy, organisation: decision.organisation } : null,
      },
    ];
  });
}

const MOST_WAITING = 500;

/** When and how often anything was done about reported comments. */
export async function latestChange(municipality: string): Promise<string> {
  const { _count, _max } = await db.moderationEntry.aggregate({
    where: { municipality },
    _count: true,
    _max: { createdAt: true },
  });
  return `${_count} ${_max.createdAt?.getTime() ?? 0}`;
}

type CaseRows = {
  held: CommentCase;
  comment: Comment;
  reports: CommentReport[];
  decisions: CommentDecision[];
  appeals: CommentAppeal[];
};

/** What belongs to each of some cases, by their id; nothing of one whose comment is not there. */
async function rowsOf(municipality: string, cases: readonly CommentCase[]): Promise<Map<string, CaseRows>> {
  const of = {
    where: { municipality, inCase: { in: cases.map(({ id }) => id) } },
    orderBy: { createdAt: "asc" },
  } as const;
  const [comments, reports, decisions, appeals] = await Promise.all([
    db.comment.findMany({ where: { municipality, id: { in: cases.map(({ comment }) => comment) } } }),
    db.commentReport.findMany(of).then(byCase),
    db.commentDecision.findMany(of).then(byCase),
    db.commentAppeal.findMany(of).then(byCase),
  ]);
  const commentOf = new Map(comments.map((comment) => [comment.id, comment]));
  const found = new Map<string, CaseRows>();
  for (const held of cases) {
    const { id } = held;
    const comment = commentOf.get(held.comment);
    if (!comment) continue;
    found.set(id, {
      ...{ held, comment, reports: reports.get(id) ?? [] },
      ...{ decisions: decisions.get(id) ?? [], appeals: appeals.get(id) ?? [] },
    });
  }
  return found;
}

function byCase<T extends { inCase: string }>(rows: T[]): Map<string, T[]> {
  return Map.groupBy(rows, ({ inCase }) => inCase);
}

/** What somebody may decide of a case as it stands. */
function mayOf(
  municipality: string,
  viewer: Viewer,
  { held, comment, reports, decisions, appeals }: CaseRows,
): { decide: boolean; decideAppeal: boolean; any: boolean } {
  const of = { author: comment.author, reporters: reports.map(({ reporter }) => reporter) };
  const decide = held.state === "open" && decidingOffice(viewer, municipality, of) !== undefined;
  const appeal = appeals.find(({ decidedAt }) => decidedAt === null);
  const decision = decisions.find(({ id }) => id === appeal?.decision);
  const decideAppeal =
    decision !== undefined && appealOffice(viewer, municipality, { ...of, ...decision }) !== undefined;
  return { decide, decideAppeal, any: decide || decideAppeal };
}
