import "server-only";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";

export type Station = RecordOf<"station">;
export type Bundle = RecordOf<"sheets">;

export interface DeskView {
  readonly stations: readonly Station[];
  readonly bundles: readonly Bundle[];
  /** People vouched for by two organisations, by station. */
  readonly vouched: ReadonlyMap<string, number>;
  /** Names of Case by their id, all of them. */
  readonly houses: ReadonlyMap<string, string>;
}

/** What has happened at the desks of a round. */
export async function deskView(municipality: string, round: string): Promise<DeskView> {
  const where = { municipality, round };
  const [stations, bundles, vouched, houses] = await Promise.all([
    db.chainStation.findMany({ where, orderBy: { station: "asc" }, select: { record: true } }),
    db.chainSheets.findMany({ where, orderBy: { bundle: "asc" }, select: { record: true } }),
    db.chainVoucher.groupBy({ by: ["station"], where: { ...where, state: "confirmed" }, _count: true }),
    db.house.findMany({
      where: { municipality },
      orderBy: { name: "asc" },
      select: { id: true, name: true },
    }),
  ]);
  return {
    stations: stations.map(({ record }) => record as unknown as Station),
    bundles: bundles.map(({ record }) => record as unknown as Bundle),
    vouched: new Map(vouched.map(({ station, _count }) => [station, _count])),
    houses: new Map(houses.map(({ id, name }) => [id, name])),
  };
}
