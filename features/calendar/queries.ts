import "server-only";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { db } from "@/lib/db";
import { addressOf } from "@/lib/language/address";
import type { Locale } from "@/lib/language/routing";
import type { CalendarDate } from "./calendar";
import { nearest } from "./rules";

export type CalendarKind = "calls" | "rounds" | "pacts";

/** Calls, votes and pacts whose last date is further back than this are no longer told to whoever follows a town. */
const KEPT_DAYS = 400;
const MOST = 500;

/** All dates of a municipality. */
export async function calendarOf(
  municipality: { istatCode: string; slug: string },
  locale: Locale,
): Promise<CalendarDate[]> {
  const since = new Date(Date.now() - KEPT_DAYS * 86_400_000).toISOString().slice(0, 10);
  const [calls, rounds, pacts, meetings] = await Promise.all([
    callDates(municipality, locale),
    roundDates(municipality, locale),
    pactDates(municipality, locale),
    meetingDates(municipality, locale),
  ]);
  const kept = [...calls, ...rounds, ...pacts, ...meetings].filter(
    ({ when }) => (typeof when === "string" ? when : when.toISOString()) >= since,
  );
  return nearest(kept, new Date(), MOST);
}

/** The dates of one record; undefined where there is none of that name. */
export async function calendarOfRecord(
  municipality: { istatCode: string; slug: string },
  calendar: CalendarKind,
  slug: string,
  locale: Locale,
): Promise<CalendarDate[] | undefined> {
  const dates = { calls: callDates, rounds: roundDates, pacts: pactDates }[calendar];
  const found = await dates(municipality, locale, slug);
  return found.length > 0 ? found : undefined;
}

async function callDates(
  { istatCode: municipality, slug: town }: { istatCode: string; slug: string },
  locale: Locale,
  slug?: string,
): Promise<CalendarDate[]> {
  const t = await getTranslations({ locale, namespace: "calendar" });
  const calls = await db.call.findMany({
    where: { municipality, ...(slug && { slug }) },
    select: { id: true, slug: true, title: true, summary: true },
  });
  const chain = await db.chainCall.findMany({
    where: { municipality, id: { in: calls.map(({ id }) => id) } },
    select: { id: true, opensOn: true, closesOn: true },
  });
  return chain.flatMap(({ id, opensOn, closesOn }) => {
    const call = calls.find((one) => one.id === id);
    if (!call) return [];
    const url = addressOf(locale, {
      pathname: "/[municipality]/calls/[call]",
      params: { municipality: town, call: call.slug },
    });
    const about = { text: call.summary, url };
    return [
      {
        ...{ uid: uid("call-open", id, municipality), title: t("callOpens", { title: call.title }) },
        ...{ ...about, when: opensOn },
      },
      {
        ...{ uid: uid("call-close", id, municipality), title: t("callCloses", { title: call.title }) },
        ...{ ...about, when: closesOn },
      },
    ];
  });
}

async function roundDates(
  { istatCode: municipality, slug: town }: { istatCode: string; slug: string },
  locale: Locale,
  slug?: string,
): Promise<CalendarDate[]> {
  const t = await getTranslations({ locale, namespace: "calendar" });
  const rounds = await db.round.findMany({
    where: { municipality, ...(slug && { slug }) },
    select: { id: true, slug: true, title: true, summary: true },
  });
  const chain = await db.chainRound.findMany({
    // What was reconstructed is long over: its dates are nobody's to keep.
    where: { municipality, reconstruction: false, id: { in: rounds.map(({ id }) => id) } },
    select: { id: true, state: true, opensOn: true, closesAt: true },
  });
  return chain.flatMap(({ id, state, opensOn, closesAt }) => {
    const round = rounds.find((one) => one.id === id);
    if (!round) return [];
    const url = addressOf(locale, {
      pathname: "/[municipality]/rounds/[round]",
      params: { municipality: town, round: round.slug },
    });
    const about = { text: round.summary, url, isCancelled: state === "annulled" };
    return [
      {
        ...{ uid: uid("round-open", id, municipality), title: t("roundOpens", { title: round.title }) },
        ...{ ...about, when: opensOn },
      },
      {
        ...{ uid: uid("round-close", id, municipality), title: t("roundCloses", { title: round.title }) },
        ...{ ...about, when: closesAt },
      },
    ];
  });
}

async function pactDates(
  { istatCode: municipality, slug: town }: { istatCode: string; slug: string },
  locale: Locale,
  slug?: string,
): Promise<CalendarDate[]> {
  const t = await getTranslations({ locale, namespace: "calendar" });
  const pacts = await db.pact.findMany({
    where: { municipality, ...(slug && { slug }) },
    select: { id: true, slug: true, title: true },
  });
  const [chain, commitments] = await Promise.all([
    db.chainPact.findMany({
      where: { municipality, id: { in: pacts.map(({ id }) => id) }, state: { in: ["signed", "active"] } },
      select: { id: true, startsOn: true, endsOn: true },
    }),
    db.chainCommitment.findMany({
      where: { municipality, pact: { in: pacts.map(({ id }) => id) } },
      select: { id: true, pact: true },
    }),
  ]);
  const of = { municipality, commitment: { in: commitments.map(({ id }) => id) } };
  const [milestones, reports] = await Promise.all([
    db.chainMilestone.findMany({
      where: { ...of, state: "planned" },
      select: { id: true, commitment: true, number: true, dueOn: true },
    }),
    db.chainReport.findMany({
      where: { ...of, submittedOn: null },
      select: { id: true, commitment: true, dueOn: true },
    }),
  ]);
  return chain.flatMap(({ id, startsOn, endsOn }) => {
    const pact = pacts.find((one) => one.id === id);
    if (!pact) return [];
    const { title } = pact;
    const own = new Set(commitments.filter((one) => one.pact === id).map((one) => one.id));
    const url = addressOf(locale, {
      pathname: "/[municipality]/pacts/[pact]",
      params: { municipality: town, pact: pact.slug },
    });
    const entry = (kind: string, record: string, words: string, when: string): CalendarDate => ({
      ...{ uid: uid(kind, record, municipality), title: words, text: title, when, url },
    });
    return [
      entry("pact-start", id, t("pactStarts", { title }), startsOn),
      entry("pact-end", id, t("pactEnds", { title }), endsOn),
      ...milestones
        .filter(({ commitment }) => own.has(commitment))
        .map(({ id: milestone, number, dueOn }) =>
          entry("milestone", milestone, t("milestone", { number, title }), dueOn),
        ),
      ...reports
        .filter(({ commitment }) => own.has(commitment))
        .map(({ id: report, dueOn }) => entry("report", report, t("report", { title }), dueOn)),
    ];
  });
}

/** Meetings of a municipality, or one of them by its id; undefined where there is none of that id. */
export async function calendarOfMeetings(
  municipality: { istatCode: string; slug: string },
  locale: Locale,
  id?: string,
): Promise<CalendarDate[] | undefined> {
  const dates = await meetingDates(municipality, locale, id);
  return id !== undefined && dates.length === 0 ? undefined : nearest(dates, new Date(), MOST);
}

async function meetingDates(
  { istatCode: municipality, slug: town }: { istatCode: string; slug: string },
  locale: Locale,
  id?: string,
): Promise<CalendarDate[]> {
  if (id !== undefined && !z.uuid().safeParse(id).success) return [];
  const since = new Date(Date.now() - KEPT_DAYS * 86_400_000);
  const rows = await db.meeting.findMany({
    where: { municipality, ...(id === undefined ? { startsAt: { gte: since } } : { id }) },
    orderBy: { startsAt: "desc" },
    take: MOST,
  });
  return rows.map(({ id: meeting, title, agenda, startsAt, endsAt, place, link, revision, cancelledAt }) => ({
    ...{ uid: uid("meeting", meeting, municipality), title, when: startsAt, end: endsAt, revision },
    ...{
      text: link ? `${agenda}\n\n${link}` : agenda,
      place: place || link,
      isCancelled: cancelledAt !== null,
    },
    url: addressOf(locale, {
      pathname: "/[municipality]/meetings/[meeting]",
      params: { municipality: town, meeting },
    }),
  }));
}

function uid(kind: string, id: string, municipality: string): string {
  return `${kind}-${id}@${municipality}.cocity`;
}
