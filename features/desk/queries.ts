import "server-only";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import { nameOf } from "./rules";

export type Station = RecordOf<"station">;
export type Bundle = RecordOf<"sheets">;

type Voucher = RecordOf<"voucher">;

export interface DeskView {
  readonly stations: readonly Station[];
  readonly bundles: readonly Bundle[];
  /** For whom two organisations have vouched there. */
  readonly vouched: (station: string, purpose: Voucher["purpose"]) => number;
  /** The public text on what went wrong, by its digest. */
  readonly incidents: ReadonlyMap<string, string>;
  /** Names of Case by their id, all of them. */
  readonly houses: ReadonlyMap<string, string>;
}

/** What has happened at the desks of a round. */
export async function deskView(municipality: string, round: string): Promise<DeskView> {
  const where = { municipality, round };
  const [stations, bundles, vouched, houses] = await Promise.all([
    db.chainStation.findMany({ where, orderBy: { station: "asc" }, select: { record: true } }),
    db.chainSheets.findMany({ where, orderBy: { bundle: "asc" }, select: { record: true } }),
    vouchedBy(where),
    db.house.findMany({
      where: { municipality },
      orderBy: { name: "asc" },
      select: { id: true, name: true },
    }),
  ]);
  const records = stations.map(({ record }) => record as unknown as Station);
  const told = records.flatMap(({ balance }) => balance?.incidentsDigest ?? []);
  const texts = await db.saltedText.findMany({
    where: { municipality, digest: { in: told }, public: true },
    select: { digest: true, text: true },
  });
  return {
    stations: records,
    incidents: new Map(texts.map(({ digest, text }) => [digest, text])),
    bundles: bundles.map(({ record }) => record as unknown as Bundle),
    vouched: (station, purpose) =>
      vouched.find((one) => one.station === station && one.purpose === purpose)?._count ?? 0,
    houses: new Map(houses.map(({ id, name }) => [id, name])),
  };
}

function vouchedBy(where: { municipality: string; round: string }) {
  return db.chainVoucher.groupBy({
    by: ["station", "purpose"],
    where: { ...where, state: "confirmed" },
    _count: true,
  });
}

export interface DeskNumbers {
  /** The Casa's name. */
  readonly house: string;
  readonly paper: number;
  readonly credential: number;
  /** What went wrong with its sheets of paper, where anything did, once two organisations have signed the balance. */
  readonly incident: string | undefined;
}

/** How many people were vouched for at each desk of a round, and for what: whoever watches a desk can compare. */
export async function deskNumbers(municipality: string, round: string): Promise<DeskNumbers[]> {
  const view = await deskView(municipality, round);
  const { stations, vouched, incidents } = view;
  return stations.map(({ id, state, balance }) => ({
    house: nameOf(view, id),
    paper: vouched(id, "paper"),
    credential: vouched(id, "credential"),
    incident: state === "closed" ? incidents.get(balance?.incidentsDigest ?? "") : undefined,
  }));
}

/** Names of the Case that receive people now. */
export async function openDesks(municipality: string, round: string): Promise<string[]> {
  const view = await deskView(municipality, round);
  return view.stations.filter(({ state }) => state === "open").map(({ id }) => nameOf(view, id));
}
