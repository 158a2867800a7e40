import "server-only";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import { type Duty, officeKeys } from "./duties";
import { daysOfTransactions } from "./scene-queries";
import { type SealedFacts, sealedSteps } from "./sealed-steps";

/** What people of the three organisations have to do in rounds with sealed ballots: keys, desks, sheets of paper. */
export async function sealedDuties(municipality: string): Promise<Duty[]> {
  const sealings = await db.chainSealing.findMany({ where: { municipality, state: { not: "released" } } });
  if (sealings.length === 0) return [];
  const where = { municipality, round: { in: sealings.map(({ id }) => id) } };
  const [rounds, words, stations, sheets] = await Promise.all([
    db.chainRound.findMany({ where: { municipality, id: where.round }, select: { id: true, state: true } }),
    db.round.findMany({
      where: { municipality, id: where.round },
      select: { id: true, title: true, opensOn: true },
    }),
    db.chainStation.findMany({ where }),
    db.chainSheets.findMany({ where }),
  ]);
  const houses = await db.house.findMany({
    where: { municipality, id: { in: stations.map(({ station }) => station) } },
    select: { id: true, name: true },
  });
  const sinceOf = await daysOfTransactions(municipality, [...sealings, ...stations, ...sheets]);
  return sealings.flatMap((row) => {
    const round = words.find(({ id }) => id === row.id);
    if (!round) return [];
    const of = <One extends { round: string; record: unknown }>(rows: readonly One[]) =>
      rows.filter((one) => one.round === row.id);
    const facts: SealedFacts = {
      sealing: row.record as unknown as RecordOf<"sealing">,
      roundState: rounds.find(({ id }) => id === row.id)?.state,
      stations: of(stations).map(({ record }) => record as unknown as RecordOf<"station">),
      bundles: of(sheets).map(({ record }) => record as unknown as RecordOf<"sheets">),
    };
    return sealedSteps(facts).map(({ transaction, part, by, barred }): Duty => {
      const written =
        stations.find(({ id }) => id === `${row.id}/${part}`) ??
        sheets.find(({ id }) => id === `${row.id}/${part}`) ??
        row;
      const house = houses.find(({ id }) => id === part)?.name;
      return {
        ...{ transaction, id: part === undefined ? row.id : `${row.id}/${part}`, kind: "round", barred },
        ...{
          title: house === undefined ? round.title : `${round.title} · ${house}`,
          since: sinceOf(written),
        },
        ...{ place: { page: "round", id: row.id }, audience: officeKeys(transaction, { organisations: by }) },
        // Nothing can be frozen without it, and what is not frozen cannot open.
        ...(row.state === "gathering" && { dueOn: round.opensOn }),
      };
    });
  });
}
