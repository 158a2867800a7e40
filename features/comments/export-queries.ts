import "server-only";
import { db } from "@/lib/db";

/** What is kept of a person's comments, supports, reports, objections and decisions in a municipality, for that person alone. */
export async function talkOfPerson(municipality: string, person: string) {
  const inOrder = { createdAt: "asc" } as const;
  const [comments, supports, reports, appeals, decisions, decidedAppeals, entries] = await Promise.all([
    db.comment.findMany({
      where: { municipality, author: person },
      include: { versions: { orderBy: { revision: "asc" } } },
      orderBy: inOrder,
    }),
    db.commentSupport.findMany({ where: { municipality, person }, orderBy: inOrder }),
    db.commentReport.findMany({ where: { municipality, reporter: person }, orderBy: inOrder }),
    db.commentAppeal.findMany({ where: { municipality, author: person }, orderBy: inOrder }),
    db.commentDecision.findMany({ where: { municipality, decidedBy: person }, orderBy: inOrder }),
    db.commentAppeal.findMany({ where: { municipality, decidedBy: person }, orderBy: inOrder }),
    db.moderationEntry.findMany({ where: { municipality, person }, orderBy: inOrder }),
  ]);
  return {
    comments: comments.map(({ id, aboutType, aboutId, kind, text, quote, replyTo, official, ...row }) => ({
      ...{ id, aboutType, aboutId, kind, text, quote, replyTo, inTheNameOfAnOffice: official },
      ...{ createdAt: row.createdAt, editedAt: row.editedAt, withdrawnAt: row.withdrawnAt },
      hidden: row.hiddenBy !== null,
      earlier: row.versions.map(({ revision, text: words, createdAt }) => ({
        revision,
        text: words,
        createdAt,
      })),
    })),
    commentsSupported: supports.map(({ comment, createdAt }) => ({ comment, createdAt })),
    commentsReported: reports.map(({ id, comment, reason, text, createdAt }) => ({
      ...{ id, comment, reason, text, createdAt },
    })),
    objectionsToHiding: appeals.map(({ id, text, createdAt, decidedAt, reversed, reasons }) => ({
      ...{ id, text, createdAt, decidedAt, reversed, reasons },
    })),
    commentsDecided: decisions.map(({ id, comment, hides, ground, norm, facts, reasons, createdAt }) => ({
      ...{ id, comment, hides, ground, norm, facts, reasons, createdAt },
    })),
    objectionsDecided: decidedAppeals.map(({ id, reversed, reasons, decidedAt }) => ({
      ...{ id, reversed, reasons, decidedAt },
    })),
    moderation: entries.map(({ inCase, what, createdAt }) => ({ inCase, what, createdAt })),
  };
}
