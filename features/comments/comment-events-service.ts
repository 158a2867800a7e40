/** What people are told of comments, within the transaction of what happened. Whoever wrote, reported or decided is not named. */
import { recordEvent, tellPeople } from "@/features/notifications/event-service";
import type { Database } from "@/lib/db";
import { type AboutType, appealUntil } from "./rules";

type Comment = {
  id: string;
  municipality: string;
  aboutType: string;
  aboutId: string;
  author: string;
  root: string | null;
  replyTo: string | null;
  official: boolean;
};

/**
 * A comment is there: whoever is answered is told so, those in a thread that an office answers too, and the others who follow
 * what it is about with their next digest.
 */
export async function tellWritten(tx: Database, comment: Comment): Promise<void> {
  const { id, municipality, author: actor, root, replyTo } = comment;
  const subjects = await subjectsOf(tx, comment);
  const common = { municipality, kind: "comments", about: { type: "comment", id }, actor } as const;
  if (comment.official && root) {
    const thread = await tx.comment.findMany({
      where: { municipality, OR: [{ id: root }, { root }], official: false, withdrawnAt: null },
      select: { author: true },
      distinct: ["author"],
    });
    const opening = await tx.comment.findUniqueOrThrow({ where: { id: root }, select: { kind: true } });
    const name = opening.kind === "question" ? "comments:questionAnswered" : "comments:officialAnswer";
    await tellPeople(
      tx,
      { ...common, id: `comments/answered/${id}`, name, subjects },
      thread.map(({ author }) => author),
    );
    return;
  }
  const answered = replyTo ? await tx.comment.findUniqueOrThrow({ where: { id: replyTo } }) : null;
  const exempt = answered ? [answered.author] : [];
  if (answered)
    await tellPeople(
      tx,
      { ...common, id: `comments/reply/${id}`, name: "comments:reply", subjects: [] },
      exempt,
    );
  await recordEvent(tx, {
    ...{ ...common, id: `comments/written/${id}`, name: "comments:written", subjects, exempt },
  });
}

type Decision = { id: string; comment: string; municipality: string; inCase: string; actor: string };

/** A comment was hidden: its author is told at once, on what ground, and until when they can object. */
export async function tellHidden(
  tx: Database,
  { id, comment, municipality, inCase, actor }: Decision,
  { author, ground, at }: { author: string; ground: string; at: Date },
): Promise<void> {
  await tellPeople(
    tx,
    {
      ...{ id: `comments/hidden/${id}`, municipality, kind: "duty", name: "comments:hidden", subjects: [] },
      ...{ about: { type: "comment", id: comment }, actor },
      facts: { ground, until: appealUntil(at).toISOString() },
    },
    [author],
  );
  await tellReporters(tx, { id, comment, municipality, inCase, actor }, "comments:reportHidden");
}

/** What was decided of a comment that they reported, for those who did. */
export async function tellReporters(
  tx: Database,
  { id, municipality, inCase, actor }: Decision,
  name: "comments:reportHidden" | "comments:reportKept" | "comments:reportReversed",
): Promise<void> {
  const reports = await tx.commentReport.findMany({
    where: { municipality, inCase },
    select: { reporter: true },
  });
  await tellPeople(
    tx,
    {
      ...{ id: `${name.replace(":", "/")}/${id}`, municipality, kind: "comments", name, subjects: [] },
      ...{ about: { type: "reports", id: inCase }, actor },
    },
    reports.map(({ reporter }) => reporter),
  );
}

/** An objection was decided: its author is told, and where the comment is shown again those who reported it too. */
export async function tellAppealDecided(
  tx: Database,
  { id, comment, municipality, inCase, actor }: Decision,
  { author, reversed }: { author: string; reversed: boolean },
): Promise<void> {
  const name = reversed ? "comments:appealReversed" : "comments:appealConfirmed";
  await tellPeople(
    tx,
    {
      ...{ id: `comments/appeal/${id}`, municipality, kind: "comments", name, subjects: [] },
      ...{ about: { type: "comment", id: comment }, actor },
    },
    [author],
  );
  if (reversed)
    await tellReporters(tx, { id, comment, municipality, inCase, actor }, "comments:reportReversed");
}

/** What a comment is about, as subscriptions name it. */
async function subjectsOf(
  tx: Database,
  { municipality, aboutType, aboutId: id }: Pick<Comment, "municipality" | "aboutType" | "aboutId">,
): Promise<string[]> {
  const by = (id: string) => ({ where: { municipality_id: { municipality, id } } });
  const ofPact = async (pact: string) => {
    const row = await tx.chainPact.findUnique(by(pact));
    return [`pact:${pact}`, ...(row ? [`commons:${row.commons}`] : [])];
  };
  switch (aboutType as AboutType) {
    case "proposal": {
      const row = await tx.chainProposal.findUnique(by(id));
      return [`proposal:${id}`, ...(row ? [`commons:${row.commons}`] : [])];
    }
    case "pact":
      return ofPact(id);
    case "milestone": {
      const row = await tx.chainMilestone.findUnique(by(id));
      const commitment = row && (await tx.chainCommitment.findUnique(by(row.commitment)));
      return commitment ? ofPact(commitment.pact) : [`milestone:${id}`];
    }
    case "meeting": {
      const row = await tx.meeting.findFirst({ where: { municipality, id } });
      if (!row) return [];
      if (row.aboutType === "house") return [`house:${row.aboutId}`];
      return subjectsOf(tx, { municipality, aboutType: row.aboutType, aboutId: row.aboutId });
    }
  }
}
