import "server-only";
import { Prisma } from "@/generated/prisma/client";
import { db } from "@/lib/db";
import { ofGiven, type Scope, scoped } from "./scope-queries";
import { type WaitingStep, waitingAt, waitingStates } from "./waits";

export type StepTimes = WaitingStep & {
  /** How many waited for the step and do no longer, and the median of their days. */
  done: number;
  medianDays: number | null;
  /** How many wait for it, their sum, and since when the first of them. */
  waiting: number;
  waitingCents: bigint;
  oldest: string | null;
};

export type Wait = WaitingStep & {
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

/**
 * Rows of milestones and payments in view that waited for an office up to a day, as `waited`. A verification that is objected to
 * waits for the guarantors since the first objection that they have not decided, and for the officer since they decided the
 * last: a row's own entry of the history has them as they were.
 */
function waited({ municipality, day }: Scope): Prisma.Sql {
  return Prisma.sql`
    waited AS (
      SELECT m.type, m.state, m."recordId", m.block, m.index, m.position, m.commitment, m."amountCents", m.moved, m."goneOn",
        o.raised IS NOT NULL AS objected, o.decided, coalesce(o.raised, greatest(m.since, o.decided)) AS since
      FROM chain.money m
      LEFT JOIN LATERAL (
        SELECT min(one->>'raisedOn') FILTER (WHERE one->'decision' IS NULL) AS raised,
          max(one->'decision'->>'on') AS decided
        FROM chain.entry e, jsonb_array_elements(e.record->'objections') AS one
        WHERE m.type = 'milestone' AND m.state = 'verified'
          AND e.block = m.block AND e.index = m.index AND e.position = m.position
      ) o ON true
      WHERE m.municipality = ${municipality} AND m.type IN ('milestone', 'payment')
        AND m.state = ANY(${waitingStates}::text[]) AND m.day <= ${day} AND ${ofGiven}
    )`;
}

type Waited = { type: string; state: string; objected: boolean };

/** How long each step of an office takes, as of a day: the slowest first. */
export async function stepTimesOf(scope: Scope): Promise<StepTimes[]> {
  const { day } = scope;
  const rows = await db.$queryRaw<(Omit<StepTimes, keyof WaitingStep> & Waited)[]>`
    SELECT * FROM (
      WITH ${scoped(scope)}, ${waited(scope)},
      stay AS (
        SELECT type, state, objected, since, "amountCents",
          CASE WHEN ended AND "goneOn" <= ${day} THEN "goneOn"::date - since::date END AS days,
          "goneOn" IS NULL OR "goneOn" > ${day} AS here
        FROM (
          SELECT w.*, w.moved AS ended FROM waited w WHERE NOT w.objected AND w.decided IS NULL
          UNION ALL
          SELECT w.*, w.moved OR (w.objected AND NOT lead(w.objected) OVER own) AS ended
          FROM waited w WHERE w.objected OR w.decided IS NOT NULL
          WINDOW own AS (PARTITION BY w."recordId" ORDER BY w.block, w.index, w.position)
        ) AS stays
      )
      SELECT type, state, objected, count(days)::int AS done,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS "medianDays",
        count(*) FILTER (WHERE here)::int AS waiting,
        coalesce(sum("amountCents") FILTER (WHERE here), 0)::bigint AS "waitingCents",
        min(since) FILTER (WHERE here) AS oldest
      FROM stay WHERE here OR days IS NOT NULL GROUP BY 1, 2, 3
    ) AS q`;
  return rows
    .flatMap(({ type, state, objected, ...times }) => {
      const step = waitingAt(type, state, objected);
      return step ? [{ ...step, ...times }] : [];
    })
    .sort((a, b) => (b.medianDays ?? -1) - (a.medianDays ?? -1) || (a.transaction < b.transaction ? -1 : 1));
}

/** What waits longest for an office, as of a day. */
export async function longestWaits(scope: Scope, most: number): Promise<Wait[]> {
  const { municipality, day } = scope;
  const rows = await db.$queryRaw<(Omit<Wait, keyof WaitingStep> & Waited)[]>`
    SELECT * FROM (
      WITH ${scoped(scope)}, ${waited(scope)},
      waits AS (
        SELECT type, state, objected, "recordId", since, "amountCents", commitment
        FROM waited WHERE "goneOn" IS NULL OR "goneOn" > ${day}
        ORDER BY since, "amountCents" DESC, "recordId" LIMIT ${most}
      )
      SELECT a.type, a.state, a.objected, a."recordId" AS id, coalesce(t.title, '') AS title,
        coalesce(given."commonsName", '') AS "commonsName", given.slug, p.slug AS "pactSlug",
        a."amountCents", a.since, given.fictional
      FROM waits a
      JOIN given ON given.id = a.commitment
      LEFT JOIN chain.payment y ON a.type = 'payment' AND y.municipality = ${municipality} AND y.id = a."recordId"
      LEFT JOIN public."MilestoneText" t ON t.municipality = ${municipality} AND t.id = coalesce(y.milestone, a."recordId")
      LEFT JOIN chain.commitment k ON k.municipality = ${municipality} AND k.id = a.commitment
      LEFT JOIN public."Pact" p ON p.municipality = ${municipality} AND p.id = k.pact
    ) AS q ORDER BY since, "amountCents" DESC, id`;
  return rows.flatMap(({ type, state, objected, ...wait }) => {
    const step = waitingAt(type, state, objected);
    return step ? [{ ...step, ...wait }] : [];
  });
}
