import "server-only";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import { type Duty, officeKeys } from "./duties";
import { daysOfTransactions, timesOfTransactions } from "./scene-queries";
import { type SealedFacts, sealedSteps, vouchersPart } from "./sealed-steps";

/** What people of the three organisations have to do in rounds with sealed ballots: keys, desks, sheets of paper. */
export async function sealedDuties(municipality: string): Promise<Duty[]> {
  const sealings = await db.chainSealing.findMany({ where: { municipality, state: { not: "released" } } });
  if (sealings.length === 0) return [];
  const where = { municipality, round: { in: sealings.map(({ id }) => id) } };
  const [rounds, words, stations, sheets, vouchers] = await Promise.all([
    db.chainRound.findMany({ where: { municipality, id: where.round }, select: { id: true, state: true } }),
    db.round.findMany({
      where: { municipality, id: where.round },
      select: { id: true, title: true, opensOn: true },
    }),
    db.chainStation.findMany({ where }),
    db.chainSheets.findMany({ where }),
    // The one that waits longest comes first.
    db.chainVoucher.findMany({ where: { ...where, state: "vouched" }, orderBy: { block: "asc" } }),
  ]);
  const houses = await db.house.findMany({
    where: { municipality, id: { in: stations.map(({ station }) => station) } },
    select: { id: true, name: true },
  });
  const [sinceOf, timeOf] = await Promise.all([
    daysOfTransactions(municipality, [...sealings, ...stations, ...sheets, ...vouchers]),
    timesOfTransactions(municipality, vouchers),
  ]);
  return sealings.flatMap((row) => {
    const round = words.find(({ id }) => id === row.id);
    if (!round) return [];
    const of = <One extends { round: string; record: unknown }>(rows: readonly One[]) =>
      rows.filter((one) => one.round === row.id);
    const seenByOne = of(vouchers).map((one) => ({
      ...{ row: one, record: one.record as unknown as RecordOf<"voucher"> },
    }));
    const facts: SealedFacts = {
      sealing: row.record as unknown as RecordOf<"sealing">,
      roundState: rounds.find(({ id }) => id === row.id)?.state,
      stations: of(stations).map(({ record }) => record as unknown as RecordOf<"station">),
      bundles: of(sheets).map(({ record }) => record as unknown as RecordOf<"sheets">),
      vouchers: seenByOne.map(({ record }) => record),
    };
    return sealedSteps(facts).map(({ transaction, part, by, barred }): Duty => {
      const voucher = seenByOne.find(({ record }) => vouchersPart(record) === part)?.row;
      const written =
        voucher ??
        stations.find(({ id }) => id === `${row.id}/${part}`) ??
        sheets.find(({ id }) => id === `${row.id}/${part}`) ??
        row;
      const house = houses.find(({ id }) => id === (voucher?.station ?? part))?.name;
      const seenAt = voucher && timeOf(voucher);
      return {
        ...{ transaction, id: part === undefined ? row.id : `${row.id}/${part}`, kind: "round", barred },
        ...{
          title: house === undefined ? round.title : `${round.title} · ${house}`,
          since: sinceOf(written),
        },
        place: { page: "round", id: row.id, ...(transaction.startsWith("desk:") && { at: "desk" as const }) },
        ...{ audience: officeKeys(transaction, { organisations: by }) },
        // Nothing can be frozen without it, and what is not frozen cannot open.
        ...(row.state === "gathering" && { dueOn: round.opensOn }),
        // Somebody stands at the desk: of that the hour counts.
        ...(seenAt && { startsAt: seenAt }),
      };
    });
  });
}
