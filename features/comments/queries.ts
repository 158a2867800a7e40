import "server-only";
import type { Comment, Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { pagesOf } from "@/lib/page-in";
import type { Viewer } from "@/lib/permissions";
import type { Organisation, Role } from "@/protocol/primitives";
import {
  type About,
  type AboutType,
  ANSWERS_SHOWN,
  type CommentKind,
  type Ground,
  PER_PAGE,
  type Sort,
} from "./rules";

export type CommentView = {
  id: string;
  about: About;
  kind: CommentKind;
  /** Empty where it was written in the name of an office. */
  author: string;
  /** Whoever wrote it has had their data erased since. */
  erased: boolean;
  office: { organisation: Organisation; role: Role } | null;
  own: boolean;
  /** None where it is hidden or withdrawn. */
  text: string | null;
  quote: string;
  hidden: { ground: Ground | "other"; norm: string; at: Date } | null;
  withdrawn: boolean;
  root: string | null;
  replyTo: string | null;
  revision: number;
  editedAt: Date | null;
  supports: number;
  supported: boolean;
  replies: number;
  createdAt: Date;
};

export type Thread = { opening: CommentView; answers: CommentView[] };

export type Discussion = {
  threads: Thread[];
  /** Of all threads, answers included. */
  count: number;
  page: number;
  pages: number;
};

const orders = {
  newest: [{ createdAt: "desc" }, { id: "asc" }],
  oldest: [{ createdAt: "asc" }, { id: "asc" }],
  supported: [{ supports: "desc" }, { createdAt: "desc" }, { id: "asc" }],
} satisfies Record<Sort, Prisma.CommentOrderByWithRelationInput[]>;

/** One page of what is said about something: what offices say first, each thread with the latest of its answers. */
export async function discussionOn(
  municipality: string,
  about: About,
  viewer: Viewer | undefined,
  { sort = "newest", page: asked = 1, most = PER_PAGE }: { sort?: Sort; page?: number; most?: number } = {},
): Promise<Discussion> {
  const all = { municipality, aboutType: about.type, aboutId: about.id };
  const [count, roots] = await Promise.all([
    db.comment.count({ where: all }),
    db.comment.count({ where: { ...all, root: null } }),
  ]);
  const pages = pagesOf(roots, most);
  const page = Math.min(asked, pages);
  const openings = await db.comment.findMany({
    where: { ...all, root: null },
    orderBy: [{ official: "desc" }, ...orders[sort]],
    skip: (page - 1) * most,
    take: most,
  });
  const answers = await Promise.all(
    openings
      .filter(({ replies }) => replies > 0)
      .map(({ id }) =>
        db.comment.findMany({
          where: { municipality, root: id },
          // The latest, so that whoever has just answered sees it there.
          orderBy: [{ official: "desc" }, { createdAt: "desc" }, { id: "desc" }],
          take: ANSWERS_SHOWN,
        }),
      ),
  );
  const views = await viewsOf(municipality, [...openings, ...answers.flat()], viewer);
  return {
    ...{ count, page, pages },
    threads: openings.map(({ id }) => ({
      opening: views.get(id) as CommentView,
      answers: answers
        .flat()
        .filter(({ root }) => root === id)
        .sort(
          (a, b) => Number(b.official) - Number(a.official) || a.createdAt.getTime() - b.createdAt.getTime(),
        )
        .flatMap((row) => views.get(row.id) ?? []),
    })),
  };
}

/** Of an office first, then as they were written. */
const answersOrder: Prisma.CommentOrderByWithRelationInput[] = [
  { official: "desc" },
  { createdAt: "asc" },
  { id: "asc" },
];

export type CommentPage = {
  comment: CommentView;
  /** What it stands under, where it is an answer. */
  opening: CommentView | null;
  answers: CommentView[];
  page: number;
  pages: number;
};

/** One comment with a page of the answers below it; null where there is none in the municipality. */
export async function commentById(
  municipality: string,
  id: string,
  viewer: Viewer | undefined,
  wanted = 1,
): Promise<CommentPage | null> {
  const row = await db.comment.findFirst({ where: { id, municipality } });
  if (!row) return null;
  const pages = pagesOf(row.replies, PER_PAGE);
  const page = Math.min(wanted, pages);
  const [opening, answers] = await Promise.all([
    row.root ? db.comment.findFirst({ where: { id: row.root, municipality } }) : null,
    row.root
      ? []
      : db.comment.findMany({
          where: { municipality, root: id },
          orderBy: answersOrder,
          skip: (page - 1) * PER_PAGE,
          take: PER_PAGE,
        }),
  ]);
  const views = await viewsOf(municipality, [row, ...(opening ? [opening] : []), ...answers], viewer);
  return {
    ...{ comment: views.get(id) as CommentView, page, pages },
    opening: (opening && views.get(opening.id)) ?? null,
    answers: answers.flatMap((answer) => views.get(answer.id) ?? []),
  };
}

export type CommentText = { revision: number; text: string; writtenAt: Date };

/** How a comment read and reads, last first; nothing of one that is hidden or withdrawn. */
export async function versionsOf(municipality: string, id: string): Promise<CommentText[]> {
  const row = await db.comment.findFirst({
    where: { id, municipality, hiddenBy: null, withdrawnAt: null },
    include: { versions: { orderBy: { revision: "desc" }, take: 50 } },
  });
  if (!row) return [];
  return [
    { revision: row.revision, text: row.text, writtenAt: row.editedAt ?? row.createdAt },
    ...row.versions.map(({ revision, text, createdAt }) => ({ revision, text, writtenAt: createdAt })),
  ];
}

async function viewsOf(
  municipality: string,
  rows: readonly Comment[],
  viewer: Viewer | undefined,
): Promise<Map<string, CommentView>> {
  const ids = rows.map(({ id }) => id);
  const hidden = rows.flatMap(({ hiddenBy }) => hiddenBy ?? []);
  const [people, supported, decisions, quoted] = await Promise.all([
    db.person.findMany({
      where: { id: { in: [...new Set(rows.map(({ author }) => author))] } },
      select: { id: true, displayName: true, erasedAt: true },
    }),
    viewer
      ? db.commentSupport.findMany({
          where: { municipality, person: viewer.id, comment: { in: ids } },
          select: { comment: true },
        })
      : [],
    hidden.length > 0 ? db.commentDecision.findMany({ where: { municipality, id: { in: hidden } } }) : [],
    // Words that can no longer be read where they stood are not read in a quote either.
    db.comment.findMany({
      where: {
        ...{ municipality, hiddenBy: null, withdrawnAt: null },
        id: { in: rows.flatMap(({ quote, replyTo }) => (quote && replyTo ? [replyTo] : [])) },
      },
      select: { id: true },
    }),
  ]);
  const authors = new Map(people.map((person) => [person.id, person]));
  const supports = new Set(supported.map(({ comment }) => comment));
  const readable = new Set(quoted.map(({ id }) => id));
  const view = (row: Comment): CommentView => {
    const decision = decisions.find(({ id }) => id === row.hiddenBy);
    const isHidden = row.hiddenBy !== null;
    const isShown = !isHidden && row.withdrawnAt === null;
    return {
      ...{ id: row.id, kind: row.kind as CommentKind, own: row.author === viewer?.id },
      about: { type: row.aboutType as AboutType, id: row.aboutId },
      author: row.official ? "" : (authors.get(row.author)?.displayName ?? ""),
      erased: authors.get(row.author)?.erasedAt != null,
      office: row.official
        ? { organisation: row.organisation as Organisation, role: row.role as Role }
        : null,
      text: isShown ? row.text : null,
      quote: isShown && row.replyTo && readable.has(row.replyTo) ? row.quote : "",
      hidden:
        isHidden && decision
          ? { ground: decision.ground as Ground, norm: decision.norm, at: decision.createdAt }
          : null,
      withdrawn: row.withdrawnAt !== null,
      ...{ root: row.root, replyTo: row.replyTo, revision: row.revision, editedAt: row.editedAt },
      ...{ supports: row.supports, supported: supports.has(row.id), replies: row.replies },
      createdAt: row.createdAt,
    };
  };
  return new Map(rows.map((row) => [row.id, view(row)]));
}
