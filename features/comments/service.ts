/** Writing, changing, withdrawing and supporting comments. They are their authors' to withdraw, so they stay off the ledger. */
import { CommandReusedError } from "@/ledger/client/outbox/errors";
import { type Database, db } from "@/lib/db";
import { ConflictError, InvalidInputError, NotFoundError } from "@/lib/errors";
import { isTalkedAbout } from "./about-queries";
import { tellWritten } from "./comment-events-service";
import type { About, Office, OpeningKind } from "./rules";

/** Who writes, and in which municipality. */
export type Commenter = { municipality: string; person: string };

export type Written = {
  kind: OpeningKind;
  text: string;
  replyTo?: string | undefined;
  quote?: string;
  /** In whose name, where it is not the person's own. */
  office?: Office;
};

/**
 * Writes a comment on something that anyone may read; posted twice, it is there once.
 * @throws NotFoundError where there is nothing to talk about or to answer, InvalidInputError for a quote of other words
 */
export async function writeComment(
  { municipality, person }: Commenter,
  about: About,
  { kind, text, replyTo, quote = "", office }: Written,
  command: string,
): Promise<string> {
  if (!(await isTalkedAbout(municipality, about))) throw new NotFoundError("comment_subject_not_found");
  const parent = replyTo === undefined ? null : await requireAnswerable(municipality, about, replyTo);
  if (quote && (!parent || !quotes(parent.text, quote)))
    throw new InvalidInputError({ quote: "quote_not_in_comment" });
  const root = parent && (parent.root ?? parent.id);
  const written = {
    ...{ id: command, municipality, aboutType: about.type, aboutId: about.id, author: person, text, quote },
    ...{ kind: parent ? "answer" : kind, replyTo: parent?.id ?? null, root, official: office !== undefined },
    ...{ organisation: office?.organisation ?? null, role: office?.role ?? null },
  };
  await db.$transaction(async (tx) => {
    const { count } = await tx.comment.createMany({ data: [written], skipDuplicates: true });
    if (count === 0) {
      if ((await tx.comment.count({ where: written })) === 0) throw new CommandReusedError(command);
      return;
    }
    await tellWritten(tx, written);
    if (!root) return;
    await tx.comment.updateMany({ where: { id: root, municipality }, data: { replies: { increment: 1 } } });
    if (office) await countAsAnswered(tx, municipality, root);
  });
  return command;
}

/**
 * Changes a comment of one's own; how it read before stays to be seen.
 * @throws ConflictError where it was changed in the meantime
 */
export async function editComment(
  { municipality, person }: Commenter,
  id: string,
  revision: number,
  text: string,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const own = { id, municipality, author: person, hiddenBy: null, withdrawnAt: null };
    const held = await tx.comment.findFirst({ where: own });
    if (!held) throw new NotFoundError("comment_not_found");
    if (held.text === text) return;
    const { count } = await tx.comment.updateMany({
      where: { ...own, revision },
      data: { text, revision: revision + 1, editedAt: new Date() },
    });
    if (count !== 1) throw new ConflictError("comment_changed");
    await tx.commentVersion.create({
      data: {
        ...{ municipality, comment: id, revision, text: held.text },
        createdAt: held.editedAt ?? held.createdAt,
      },
    });
  });
}

export async function withdrawComment(who: Commenter, id: string): Promise<void> {
  await setWithdrawn(who, id, new Date());
}

export async function restoreComment(who: Commenter, id: string): Promise<void> {
  await setWithdrawn(who, id, null);
}

/** Supports a comment of somebody else; asked for twice, it counts once. */
export async function supportComment({ municipality, person }: Commenter, id: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const where = { id, municipality, hiddenBy: null, withdrawnAt: null };
    const held = await tx.comment.findFirst({ where, select: { author: true } });
    if (!held) throw new NotFoundError("comment_not_found");
    if (held.author === person) throw new ConflictError("own_comment");
    const { count } = await tx.commentSupport.createMany({
      data: [{ municipality, comment: id, person }],
      skipDuplicates: true,
    });
    if (count === 1) await tx.comment.update({ where: { id }, data: { supports: { increment: 1 } } });
  });
}

export async function endSupport({ municipality, person }: Commenter, id: string): Promise<void> {
  await db.$transaction(async (tx) => {
    if (!(await tx.comment.findFirst({ where: { id, municipality }, select: { id: true } })))
      throw new NotFoundError("comment_not_found");
    const { count } = await tx.commentSupport.deleteMany({ where: { comment: id, municipality, person } });
    if (count === 1) await tx.comment.update({ where: { id }, data: { supports: { decrement: 1 } } });
  });
}

async function setWithdrawn({ municipality, person }: Commenter, id: string, at: Date | null): Promise<void> {
  await db.$transaction(async (tx) => {
    const where = { id, municipality, author: person };
    const { count } = await tx.comment.updateMany({ where, data: { withdrawnAt: at } });
    if (count !== 1) throw new NotFoundError("comment_not_found");
    const { root, official } = await tx.comment.findUniqueOrThrow({ where: { id } });
    if (root && official) await countAsAnswered(tx, municipality, root);
  });
}

/** A question has its answer from the first one of an office that can be read. */
export async function countAsAnswered(tx: Database, municipality: string, root: string): Promise<void> {
  const first = await tx.comment.findFirst({
    where: { municipality, root, official: true, hiddenBy: null, withdrawnAt: null },
    orderBy: { createdAt: "asc" },
    select: { createdAt: true },
  });
  await tx.comment.updateMany({
    where: { id: root, municipality, kind: "question" },
    data: { answeredAt: first?.createdAt ?? null },
  });
}

async function requireAnswerable(municipality: string, about: About, id: string) {
  const parent = await db.comment.findFirst({
    where: { id, municipality, aboutType: about.type, aboutId: about.id, hiddenBy: null, withdrawnAt: null },
    select: { id: true, root: true, text: true },
  });
  if (!parent) throw new NotFoundError("comment_not_found");
  return parent;
}

/** Whether these are words of a text, however its lines are broken. */
function quotes(text: string, quote: string): boolean {
  const plain = (words: string) => words.replace(/\s+/g, " ").trim();
  return plain(text).includes(plain(quote));
}

/**
 * What a person who is erased leaves: comments stay under no name, without what they had taken back or changed; what they
 * reported, supported and still objected to goes.
 */
export async function forgetCommentsOf(tx: Database, person: string): Promise<void> {
  const own = await tx.comment.findMany({ where: { author: person }, select: { id: true } });
  const ids = { in: own.map(({ id }) => id) };
  await tx.commentVersion.deleteMany({ where: { comment: ids } });
  await tx.comment.updateMany({
    where: { author: person, withdrawnAt: { not: null } },
    data: { text: "", quote: "" },
  });
  await tx.commentReport.deleteMany({ where: { reporter: person } });
  const supported = await tx.commentSupport.findMany({ where: { person }, select: { comment: true } });
  await tx.commentSupport.deleteMany({ where: { person } });
  await tx.comment.updateMany({
    where: { id: { in: supported.map(({ comment }) => comment) } },
    data: { supports: { decrement: 1 } },
  });
  const open = await tx.commentAppeal.findMany({ where: { author: person, decidedAt: null } });
  await tx.commentCase.updateMany({
    where: { id: { in: open.map(({ inCase }) => inCase) }, state: "appealed" },
    data: { state: "hidden", changedAt: new Date() },
  });
  await tx.commentAppeal.deleteMany({ where: { author: person, decidedAt: null } });
  await tx.commentAppeal.updateMany({ where: { author: person }, data: { text: "" } });
}
