/** The last chance before a deadline, for those who began and did not finish. */
import { tellTomorrow } from "@/features/meetings/meeting-events-service";
import { db } from "@/lib/db";
import { addDays } from "@/protocol/days";
import { tellPeople } from "./event-service";

/** Days before the closing of a call, and hours before that of a vote and before a meeting. */
const CALL_DAYS = 3;
const VOTE_HOURS = 48;
const MEETING_HOURS = 24;
/** Days after the closing of a secret vote within which it is told that it can be checked. */
const CHECK_DAYS = 10;
/** People of one statement. */
const AT_ONCE = 1_000;

/** Reminds of what closes soon; each person once for each closing, however often it is asked for. */
export async function tellReminders(now: Date): Promise<void> {
  await remindOfDrafts();
  await remindOfVotes(now);
  await remindToCheck(now);
  await remindOfMeetings(now);
}

/** Whoever has a place in a meeting, the day before, as the meeting stands when it is told. */
async function remindOfMeetings(now: Date): Promise<void> {
  const until = new Date(now.getTime() + MEETING_HOURS * 3_600_000);
  const soon = { cancelledAt: null, startsAt: { gt: now, lte: until } };
  for (const { id } of await db.meeting.findMany({ where: soon, select: { id: true } }))
    await db.$transaction(async (tx) => {
      // Whoever changes it or calls it off at this moment waits, or has done so before it is read.
      await tx.$queryRaw`SELECT 1 FROM public."Meeting" WHERE id = ${id}::uuid FOR SHARE`;
      const found = await tx.meeting.findFirst({
        where: { id, ...soon },
        include: { registrations: { where: { isWaiting: false }, select: { person: true } } },
      });
      if (!found || found.registrations.length === 0) return;
      const { registrations, ...meeting } = found;
      await tellTomorrow(
        tx,
        meeting,
        registrations.map(({ person }) => person),
      );
    });
}

/** Those who write drafts that were not submitted, before their call closes. */
async function remindOfDrafts(): Promise<void> {
  const days = await db.chainDay.findMany({ select: { municipality: true, day: true } });
  for (const { municipality, day } of days) {
    const calls = await db.chainCall.findMany({
      where: { municipality, opensOn: { lte: day }, closesOn: { gte: day, lte: addDays(day, CALL_DAYS) } },
      select: { id: true, closesOn: true },
    });
    for (const { id: call, closesOn } of calls) {
      const drafts = await db.proposal.findMany({
        where: { municipality, call, submittedAt: null, discardedAt: null },
        select: { author: true, coAuthors: { select: { person: true } } },
      });
      await remind(
        municipality,
        { id: call, type: "call", name: "deadlines:draft", facts: { closes: closesOn }, closing: closesOn },
        drafts.flatMap(({ author, coAuthors }) => [author, ...coAuthors.map(({ person }) => person)]),
      );
    }
  }
}

/**
 * Before a vote closes: of an open one those on the roll for whom no ballot was recorded, of a secret one everybody on the
 * roll, since who has voted is not known here and must not follow from who is reminded.
 */
async function remindOfVotes(now: Date): Promise<void> {
  const until = new Date(now.getTime() + VOTE_HOURS * 3_600_000);
  const rounds = await db.chainRound.findMany({
    where: { state: "open", reconstruction: false, closesAt: { gt: now, lte: until } },
    select: { municipality: true, id: true, closesAt: true, ballotKind: true },
  });
  for (const round of rounds) {
    const isSecret = round.ballotKind === "sealed";
    await remindRoll(round, isSecret ? "deadlines:secretVote" : "deadlines:vote", isSecret);
  }
}

/**
 * After a secret vote: whoever has a credential can check that their ballot is there. Who has one the issuers alone know, so
 * everybody on the roll is told.
 */
async function remindToCheck(now: Date): Promise<void> {
  const since = new Date(now.getTime() - CHECK_DAYS * 86_400_000);
  const rounds = await db.chainRound.findMany({
    where: {
      ...{ ballotKind: "sealed", reconstruction: false },
      ...{ state: { in: ["closed", "counted", "attested"] }, closesAt: { gt: since, lte: now } },
    },
    select: { municipality: true, id: true, closesAt: true },
  });
  for (const round of rounds) await remindRoll(round, "deadlines:check", true);
}

/** Everybody on a round's roll who has signed in here once, or those of them for whom no ballot was recorded. */
async function remindRoll(
  { municipality, id: round, closesAt }: { municipality: string; id: string; closesAt: Date },
  name: string,
  everybody: boolean,
): Promise<void> {
  const closes = closesAt.toISOString();
  for (let after = ""; ; ) {
    const people = await db.$queryRaw<{ id: string }[]>`
      SELECT p.id FROM public."Person" p
      JOIN public."RollEntry" r ON r."fiscalNumberHash" = p."fiscalNumberHash"
      WHERE r.municipality = ${municipality} AND r.round = ${round} AND p."erasedAt" IS NULL AND p.id > ${after}
        AND (${everybody}::boolean OR NOT EXISTS (SELECT 1 FROM public."VoterKey" k
          WHERE k.municipality = ${municipality} AND k.round = ${round} AND k.person = p.id AND k.seq > 0))
      ORDER BY p.id LIMIT ${AT_ONCE}`;
    const last = people.at(-1)?.id;
    if (last === undefined) return;
    await remind(
      municipality,
      { id: round, type: "round", name, facts: { closes }, closing: closes },
      people.map(({ id }) => id),
    );
    after = last;
  }
}

type Deadline = {
  id: string;
  type: "call" | "round";
  name: string;
  facts: Record<string, string>;
  /** A deadline that was moved is another one. */
  closing: string;
};

async function remind(municipality: string, deadline: Deadline, people: readonly string[]): Promise<void> {
  if (people.length === 0) return;
  const { id, type, name, facts, closing } = deadline;
  const event = [name, municipality, type, id, closing].join("/");
  await db.$transaction((tx) =>
    tellPeople(
      tx,
      {
        ...{ id: event, municipality, kind: "deadlines", name, facts, subjects: [] },
        about: { type, id },
      },
      people,
    ),
  );
}
