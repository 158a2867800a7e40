import "server-only";
import { db } from "@/lib/db";
import { ofGiven, type Scope, scoped } from "./scope-queries";
import { type WaitingState, waitingAt, waitingStates } from "./waits";

export type StepTimes = WaitingState & {
  /** How many were in the state and left it, and the median of their days there. */
  done: number;
  medianDays: number | null;
  /** How many are in it, their sum, and since when the first of them. */
  waiting: number;
  waitingCents: bigint;
  oldest: string | null;
};

export type Wait = WaitingState & {
  id: string;
  /** Of the payment's milestone, or of the milestone itself. */
  title: string;
  commonsName: string;
  slug: string | null;
  pactSlug: string | null;
  amountCents: bigint;
  since: string;
  fictional: boolean;
};

/** How long each step of an office takes, as of a day: the slowest first. */
export async function stepTimesOf(scope: Scope): Promise<StepTimes[]> {
  const { municipality, day } = scope;
  const rows = await db.$queryRaw<(Omit<StepTimes, keyof WaitingState> & { type: string; state: string })[]>`
    SELECT * FROM (
      WITH ${scoped(scope)},
      stay AS (
        SELECT m.type, m.state, m.since, m."amountCents",
          CASE WHEN m.moved AND m."goneOn" <= ${day} THEN m."goneOn"::date - m.since::date END AS days,
          m."goneOn" IS NULL OR m."goneOn" > ${day} AS here
        FROM chain.money m
        WHERE m.municipality = ${municipality} AND m.type IN ('milestone', 'payment')
          AND m.state = ANY(${waitingStates.map(({ state }) => state)}::text[]) AND m.day <= ${day} AND ${ofGiven}
      )
      SELECT type, state, count(days)::int AS done,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS "medianDays",
        count(*) FILTER (WHERE here)::int AS waiting,
        coalesce(sum("amountCents") FILTER (WHERE here), 0)::bigint AS "waitingCents",
        min(since) FILTER (WHERE here) AS oldest
      FROM stay WHERE here OR days IS NOT NULL GROUP BY 1, 2
    ) AS q`;
  return rows
    .flatMap(({ type, state, ...times }) => {
      const step = waitingAt(type, state);
      return step ? [{ ...step, ...times }] : [];
    })
    .sort((a, b) => (b.medianDays ?? -1) - (a.medianDays ?? -1) || (a.state < b.state ? -1 : 1));
}

/** What waits longest for an office, as of a day. */
export async function longestWaits(scope: Scope, most: number): Promise<Wait[]> {
  const { municipality, day } = scope;
  const rows = await db.$queryRaw<(Omit<Wait, keyof WaitingState> & { type: string; state: string })[]>`
    SELECT * FROM (
      WITH ${scoped(scope)},
      waits AS (
        SELECT m.type, m.state, m."recordId", m.since, m."amountCents", m.commitment
        FROM chain.money m
        WHERE m.municipality = ${municipality} AND m.type IN ('milestone', 'payment')
          AND m.state = ANY(${waitingStates.map(({ state }) => state)}::text[]) AND ${ofGiven}
          AND m.day <= ${day} AND (m."goneOn" IS NULL OR m."goneOn" > ${day})
        ORDER BY m.since, m."amountCents" DESC, m."recordId" LIMIT ${most}
      )
      SELECT a.type, a.state, a."recordId" AS id, coalesce(t.title, '') AS title,
        coalesce(given."commonsName", '') AS "commonsName", given.slug, p.slug AS "pactSlug",
        a."amountCents", a.since, given.fictional
      FROM waits a
      JOIN given ON given.id = a.commitment
      LEFT JOIN chain.payment y ON a.type = 'payment' AND y.municipality = ${municipality} AND y.id = a."recordId"
      LEFT JOIN public."MilestoneText" t ON t.municipality = ${municipality} AND t.id = coalesce(y.milestone, a."recordId")
      LEFT JOIN chain.commitment k ON k.municipality = ${municipality} AND k.id = a.commitment
      LEFT JOIN public."Pact" p ON p.municipality = ${municipality} AND p.id = k.pact
    ) AS q ORDER BY since, "amountCents" DESC, id`;
  return rows.flatMap(({ type, state, ...wait }) => {
    const step = waitingAt(type, state);
    return step ? [{ ...step, ...wait }] : [];
  });
}
