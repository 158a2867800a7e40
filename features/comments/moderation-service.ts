/** Reports of comments, what an office decides of them, and appeals. Nothing hides itself: each time it is a person who decides. */
import { randomUUID } from "node:crypto";
import { brokenUniqueIndex, type Database, db } from "@/lib/db";
import { ConflictError, NotAllowedError, NotFoundError } from "@/lib/errors";
import type { Viewer } from "@/lib/permissions";
import { tellAppealDecided, tellHidden, tellReporters } from "./comment-events-service";
import { appealOffice, appealUntil, decidingOffice, type Ground, type Office } from "./rules";
import { countAsAnswered } from "./service";

/** Who reports, decides or objects, and in which municipality. */
export type Moderator = { municipality: string; viewer: Viewer };

/**
 * Reports a comment. However many do, there is one case to decide; reported again by the same person, it says what they said last.
 * @returns the id of the report, by which the person finds it again
 */
export async function reportComment(
  { municipality, viewer }: Moderator,
  id: string,
  { reason, text }: { reason: string; text: string },
  command: string,
): Promise<string> {
  const where = { id, municipality, hiddenBy: null, withdrawnAt: null };
  const comment = await db.comment.findFirst({ where, select: { author: true, revision: true } });
  if (!comment) throw new NotFoundError("comment_not_found");
  if (comment.author === viewer.id) throw new ConflictError("own_comment");
  const { revision } = comment;
  return againIfMade(() =>
    db.$transaction(async (tx) => {
      const decided = await tx.commentReport.findFirst({
        where: { municipality, comment: id, revision, reporter: viewer.id },
        orderBy: { createdAt: "desc" },
      });
      const open = await openCaseOf(tx, municipality, id);
      // Nobody has the same text decided on again and again.
      if (decided && decided.inCase !== open?.id) return decided.id;
      if (decided && open) {
        await tx.commentReport.update({ where: { id: decided.id }, data: { reason, text } });
        return decided.id;
      }
      const inCase = open?.id ?? (await openCase(tx, municipality, id));
      await tx.commentReport.create({
        data: { id: command, municipality, inCase, comment: id, revision, reporter: viewer.id, reason, text },
      });
      await tx.commentCase.update({
        where: { id: inCase },
        data: { reports: { increment: 1 }, changedAt: new Date() },
      });
      await note(tx, {
        municipality,
        inCase,
        comment: id,
        what: "reported",
        person: viewer.id,
        ground: reason,
      });
      return command;
    }),
  );
}

/**
 * Hides a comment, with the statement of reasons that its author gets.
 * @throws NotAllowedError for whoever wrote or reported it; ConflictError where it reads differently from what was decided on
 */
export async function hideComment(
  { municipality, viewer }: Moderator,
  id: string,
  decision: { revision: number; ground: Ground; norm: string; facts: string; reasons: string },
  command: string,
): Promise<void> {
  await againIfMade(() =>
    db.$transaction(async (tx) => {
      if (await tx.commentDecision.findFirst({ where: { id: command, municipality, decidedBy: viewer.id } }))
        return;
      const comment = await tx.comment.findFirst({ where: { id, municipality } });
      if (!comment) throw new NotFoundError("comment_not_found");
      if (comment.hiddenBy !== null) throw new ConflictError("comment_hidden");
      if (comment.revision !== decision.revision) throw new ConflictError("comment_changed");
      const open = await openCaseOf(tx, municipality, id);
      const office = await requireDecider(tx, { municipality, viewer }, comment.author, open?.id);
      const inCase = open?.id ?? (await openCase(tx, municipality, id));
      const { createdAt: at } = await tx.commentDecision.create({
        data: {
          ...{ id: command, municipality, inCase, comment: id, hides: true, ...decision, ...office },
          decidedBy: viewer.id,
        },
      });
      const { count } = await tx.comment.updateMany({
        where: { id, municipality, hiddenBy: null, revision: decision.revision },
        data: { hiddenBy: command },
      });
      if (count !== 1) throw new ConflictError("comment_changed");
      await close(tx, inCase, "hidden");
      if (comment.root && comment.official) await countAsAnswered(tx, municipality, comment.root);
      const { ground } = decision;
      await note(tx, {
        municipality,
        inCase,
        comment: id,
        what: "hidden",
        person: viewer.id,
        ...office,
        ground,
      });
      const told = { id: command, municipality, inCase, comment: id, actor: viewer.id };
      await tellHidden(tx, told, { author: comment.author, ground, at });
    }),
  );
}

/** Decides that a reported comment stays, and says why to those who reported it. */
export async function keepComment(
  { municipality, viewer }: Moderator,
  inCase: string,
  reasons: string,
  command: string,
): Promise<void> {
  await db.$transaction(async (tx) => {
    if (await tx.commentDecision.findFirst({ where: { id: command, municipality, decidedBy: viewer.id } }))
      return;
    const held = await tx.commentCase.findFirst({ where: { id: inCase, municipality } });
    if (!held) throw new NotFoundError("moderation_case_not_found");
    const comment = await tx.comment.findFirstOrThrow({ where: { id: held.comment, municipality } });
    const office = await requireDecider(tx, { municipality, viewer }, comment.author, inCase);
    const { count } = await tx.commentCase.updateMany({
      where: { id: inCase, municipality, state: "open" },
      data: { state: "kept", openFor: null, changedAt: new Date() },
    });
    if (count !== 1) throw new ConflictError("report_decided");
    await tx.commentDecision.create({
      data: {
        ...{
          id: command,
          municipality,
          inCase,
          comment: comment.id,
          revision: comment.revision,
          hides: false,
        },
        ...{ reasons, decidedBy: viewer.id, ...office },
      },
    });
    await note(tx, { municipality, inCase, comment: comment.id, what: "kept", person: viewer.id, ...office });
    const told = { id: command, municipality, inCase, comment: comment.id, actor: viewer.id };
    await tellReporters(tx, told, "comments:reportKept");
  });
}

/** The author's objection to the hiding of their comment: once for each decision, within its term. */
export async function appealHiding(
  { municipality, viewer }: Moderator,
  id: string,
  text: string,
  command: string,
): Promise<void> {
  const comment = await db.comment.findFirst({ where: { id, municipality, author: viewer.id } });
  if (!comment) throw new NotFoundError("comment_not_found");
  if (!comment.hiddenBy) throw new ConflictError("comment_not_hidden");
  const decision = await db.commentDecision.findFirstOrThrow({
    where: { id: comment.hiddenBy, municipality },
  });
  if (appealUntil(decision.createdAt) < new Date()) throw new ConflictError("appeal_too_late");
  const { inCase } = decision;
  await db.$transaction(async (tx) => {
    const { count } = await tx.commentAppeal.createMany({
      data: [{ id: command, municipality, inCase, decision: decision.id, author: viewer.id, text }],
      skipDuplicates: true,
    });
    if (count === 0) {
      if (await tx.commentAppeal.count({ where: { id: command, author: viewer.id, text } })) return;
      throw new ConflictError("appeal_made");
    }
    await tx.commentCase.update({
      where: { id: inCase },
      data: { state: "appealed", changedAt: new Date() },
    });
    await note(tx, { municipality, inCase, comment: id, what: "appealed", person: viewer.id });
  });
}

/**
 * Decides on an appeal: the comment stays hidden, or is shown again.
 * @throws NotAllowedError for whoever hid, wrote or reported it, or is of the organisation that hid it and no guarantor
 */
export async function decideAppeal(
  { municipality, viewer }: Moderator,
  id: string,
  { outcome, reasons }: { outcome: "confirm" | "reverse"; reasons: string },
): Promise<void> {
  await db.$transaction(async (tx) => {
    const appeal = await tx.commentAppeal.findFirst({ where: { id, municipality } });
    if (!appeal) throw new NotFoundError("appeal_not_found");
    const { inCase } = appeal;
    const decision = await tx.commentDecision.findFirstOrThrow({
      where: { id: appeal.decision, municipality },
    });
    const { decidedBy, organisation, comment } = decision;
    const reporters = await reportersIn(tx, municipality, inCase);
    const office = appealOffice(viewer, municipality, {
      ...{ author: appeal.author, reporters, decidedBy, organisation },
    });
    if (!office) throw new NotAllowedError("appeal_of_another");
    const reversed = outcome === "reverse";
    const { count } = await tx.commentAppeal.updateMany({
      where: { id, municipality, decidedAt: null },
      data: { decidedAt: new Date(), decidedBy: viewer.id, ...office, reversed, reasons },
    });
    if (count !== 1) throw new ConflictError("appeal_decided");
    if (reversed) {
      await tx.comment.updateMany({
        where: { id: comment, municipality, hiddenBy: decision.id },
        data: { hiddenBy: null },
      });
      const { root, official } = await tx.comment.findUniqueOrThrow({ where: { id: comment } });
      if (root && official) await countAsAnswered(tx, municipality, root);
    }
    const what = reversed ? "reversed" : "confirmed";
    await close(tx, inCase, what);
    await note(tx, { municipality, inCase, comment, what, person: viewer.id, ...office });
    const told = { id, municipality, inCase, comment, actor: viewer.id };
    await tellAppealDecided(tx, told, { author: appeal.author, reversed });
  });
}

async function requireDecider(
  tx: Database,
  { municipality, viewer }: Moderator,
  author: string,
  inCase: string | undefined,
): Promise<Office> {
  const reporters = inCase ? await reportersIn(tx, municipality, inCase) : [];
  const office = decidingOffice(viewer, municipality, { author, reporters });
  if (!office) throw new NotAllowedError("moderation_of_own");
  return office;
}

async function reportersIn(tx: Database, municipality: string, inCase: string): Promise<string[]> {
  const rows = await tx.commentReport.findMany({
    where: { municipality, inCase },
    select: { reporter: true },
  });
  return rows.map(({ reporter }) => reporter);
}

async function openCaseOf(tx: Database, municipality: string, comment: string) {
  return tx.commentCase.findFirst({ where: { municipality, openFor: comment } });
}

async function openCase(tx: Database, municipality: string, comment: string): Promise<string> {
  const id = randomUUID();
  await tx.commentCase.create({ data: { id, municipality, comment, openFor: comment, state: "open" } });
  return id;
}

async function close(tx: Database, id: string, state: "hidden" | "confirmed" | "reversed"): Promise<void> {
  await tx.commentCase.update({ where: { id }, data: { state, openFor: null, changedAt: new Date() } });
}

type Entry = {
  municipality: string;
  inCase: string;
  comment: string;
  what: "reported" | "hidden" | "kept" | "appealed" | "confirmed" | "reversed";
  person: string;
  ground?: string;
} & Partial<Office>;

async function note(tx: Database, entry: Entry): Promise<void> {
  await tx.moderationEntry.create({ data: { id: randomUUID(), ...entry } });
}

/** Of two that open a case, or report, at the same moment, the second finds what the first has made. */
async function againIfMade<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!brokenUniqueIndex(error)) throw error;
    return work();
  }
}
