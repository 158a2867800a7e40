import "server-only";
import { votersOf } from "@/features/rounds/rules";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import { LEAST, withheld } from "./suppression";

export type Participation = {
  /** Who proposed, joined or commented, each person once; null where too few did to be told. */
  people: number | null;
  years: { year: string; proposals: number; comments: number; meetings: number; attendance: number }[];
  /** Without a number: commons of no district or of an unknown one. */
  districts: { district: number | null; commons: number; proposals: number; people: number | null }[];
  /** Votes that are counted, latest first, with everybody whose ballot was received. */
  rounds: { slug: string; title: string; closesAt: Date; rollSize: number; voters: number }[];
};

/**
 * How people take part in a municipality.
 * @param exact with numbers of people however small, for those who administer the site
 */
export async function participationIn(municipality: string, exact: boolean): Promise<Participation> {
  const [people, years, districts, rounds] = await Promise.all([
    peopleIn(municipality),
    yearsOf(municipality),
    placesOf(municipality),
    roundsOf(municipality),
  ]);
  const counts = districts.map(({ district }) => people.byDistrict.get(district) ?? 0);
  const shown = exact ? counts : withheld(counts);
  return {
    people: exact || people.all === 0 || people.all >= LEAST ? people.all : null,
    years,
    districts: districts.map((row, index) => ({ ...row, people: shown[index] ?? null })),
    rounds,
  };
}

async function peopleIn(
  municipality: string,
): Promise<{ all: number; byDistrict: ReadonlyMap<number | null, number> }> {
  const rows = await db.$queryRaw<{ isAll: boolean; district: number | null; people: bigint }[]>`
    WITH took AS (
      SELECT representative AS person, commons FROM chain.proposal
        WHERE municipality = ${municipality} AND state NOT IN ('submitted', 'withdrawn')
      UNION SELECT person, commons FROM chain.adhesion WHERE municipality = ${municipality} AND NOT withdrawn
      UNION SELECT comment.author, proposal.commons FROM public."Comment" AS comment
        JOIN chain.proposal AS proposal
          ON proposal.municipality = comment.municipality AND proposal.id = comment."aboutId"
        WHERE comment.municipality = ${municipality} AND comment."aboutType" = 'proposal'
          AND NOT comment.official AND comment."hiddenBy" IS NULL AND comment."withdrawnAt" IS NULL
    )
    SELECT grouping(place.district) = 1 AS "isAll", place.district, count(DISTINCT took.person) AS people
    FROM took LEFT JOIN public."Commons" AS place ON place.municipality = ${municipality} AND place.id = took.commons
    GROUP BY GROUPING SETS ((), (place.district))`;
  return {
    all: Number(rows.find(({ isAll }) => isAll)?.people ?? 0),
    byDistrict: new Map(
      rows.filter(({ isAll }) => !isAll).map(({ district, people }) => [district, Number(people)]),
    ),
  };
}

/** What happened in each year, latest first: proposals that were not withdrawn, comments that can be read, meetings held. */
async function yearsOf(municipality: string): Promise<Participation["years"]> {
  const rows = await db.$queryRaw<
    { year: string; proposals: bigint; comments: bigint; meetings: bigint; attendance: bigint }[]
  >`
    SELECT year, sum(proposals) AS proposals, sum(comments) AS comments, sum(meetings) AS meetings,
      sum(attendance) AS attendance
    FROM (
      SELECT left("submittedOn", 4) AS year, 1 AS proposals, 0 AS comments, 0 AS meetings, 0 AS attendance
        FROM chain.proposal WHERE municipality = ${municipality} AND state NOT IN ('submitted', 'withdrawn')
      UNION ALL
      SELECT to_char("createdAt" AT TIME ZONE 'Europe/Rome', 'YYYY'), 0, 1, 0, 0
        FROM public."Comment"
        WHERE municipality = ${municipality} AND "hiddenBy" IS NULL AND "withdrawnAt" IS NULL
      UNION ALL
      SELECT to_char("startsAt" AT TIME ZONE 'Europe/Rome', 'YYYY'), 0, 0, 1, coalesce(attendance, 0)
        FROM public."Meeting"
        WHERE municipality = ${municipality} AND "cancelledAt" IS NULL AND "endsAt" < now()
    ) AS happened
    GROUP BY year ORDER BY year DESC`;
  return rows.map(({ year, ...counts }) => ({
    year,
    ...{ proposals: Number(counts.proposals), comments: Number(counts.comments) },
    ...{ meetings: Number(counts.meetings), attendance: Number(counts.attendance) },
  }));
}

async function placesOf(
  municipality: string,
): Promise<{ district: number | null; commons: number; proposals: number }[]> {
  const rows = await db.$queryRaw<{ district: number | null; commons: bigint; proposals: bigint }[]>`
    SELECT place.district, count(DISTINCT place.id) AS commons, count(proposal.id) AS proposals
    FROM public."Commons" AS place
    LEFT JOIN chain.proposal AS proposal
      ON proposal.municipality = place.municipality AND proposal.commons = place.id
        AND proposal.state NOT IN ('submitted', 'withdrawn')
    WHERE place.municipality = ${municipality} AND place."publishedAt" IS NOT NULL
    GROUP BY place.district ORDER BY place.district NULLS LAST`;
  return rows.map(({ district, commons, proposals }) => ({
    ...{ district, commons: Number(commons), proposals: Number(proposals) },
  }));
}

async function roundsOf(municipality: string): Promise<Participation["rounds"]> {
  const [rows, words] = await Promise.all([
    db.chainRound.findMany({
      where: { municipality, outcomeDigest: { not: null } },
      orderBy: { closesAt: "desc" },
    }),
    db.round.findMany({ where: { municipality }, select: { id: true, slug: true, title: true } }),
  ]);
  return rows.flatMap(({ id, closesAt, rollSize, record }) => {
    const text = words.find((word) => word.id === id);
    const { outcome } = record as unknown as RecordOf<"round">;
    if (!text || !outcome) return [];
    const voters = votersOf(outcome);
    return [{ slug: text.slug, title: text.title, closesAt, rollSize, voters }];
  });
}
