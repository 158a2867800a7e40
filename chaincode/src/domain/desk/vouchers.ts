/** People at a desk whom somebody vouches for, and somebody of another organisation after them. */
import { RuleError } from "../../../../protocol/errors";
import type { RecordOf } from "../../../../protocol/records";
import { areaPart, issuerNumberOf } from "../../../../protocol/records/sealed";
import type { Handler } from "../handler";
import { requireState } from "../moves";
import { invalid } from "../require";
import { phaseOf, requireNotOver } from "../rounds";
import { sealedOf } from "../sealed/casting";
import type { Tx } from "../tx";
import { requireOtherOrganisation } from "../voices";

/**
 * The same person is vouched for once on paper: the digest is that of the place on the roll. As long as nobody has
 * confirmed it, whoever meets the person at another Casa vouches anew: one operator alone keeps nobody from voting there.
 */
export const vouch: Handler<"desk:vouch"> = async (tx, input) => {
  const { round: id, station: place, area, purpose, voucher } = input;
  const [station, earlier] = await Promise.all([
    openStationOf(tx, id, place),
    tx.get("voucher", id, voucher),
  ]);
  if (!station.delivered.some((one) => one.area === area)) invalid("area");
  if (earlier) requireState(tx, "voucher", { id: voucher, state: earlier.state });
  if (earlier?.station === place) throw new RuleError("already_exists");
  const { organisation, person } = tx.actor;
  tx.put("voucher", [id, voucher], {
    ...{ municipality: tx.municipality, round: id, id: voucher, state: "vouched" },
    ...{ station: place, area, purpose, by: { organisation, person }, on: tx.day },
  });
  return undefined;
};

export const confirmVoucher: Handler<"desk:confirmVoucher"> = async (tx, { round: id, voucher: digest }) => {
  const voucher = await tx.need("voucher", id, digest);
  requireState(tx, "voucher", voucher);
  const { station, area, purpose } = voucher;
  await openStationOf(tx, id, station);
  requireOtherOrganisation(tx, voucher.by.organisation);
  if (purpose === "paper") await requireRoomOnRoll(tx, id, area);
  const count = await deskCount(tx, id, station, area);
  tx.putInternal("desk_count", [id, station, areaPart(area)], { ...count, [purpose]: count[purpose] + 1 });
  const { organisation, person } = tx.actor;
  tx.put("voucher", [id, digest], { ...voucher, state: "confirmed", confirmedBy: { organisation, person } });
  return undefined;
};

export async function deskCount(tx: Tx, round: string, station: string, area: number) {
  const found = await tx.getInternal("desk_count", round, station, areaPart(area));
  return found ?? { area, paper: 0, credential: 0 };
}

/** A station where people can still be vouched for. @throws {RuleError} `wrong_state`, `wrong_ballot_kind` or `too_late` */
async function openStationOf(tx: Tx, id: string, place: string): Promise<RecordOf<"station">> {
  const phase = await phaseOf(tx, id);
  requireState(tx, "round", { id, state: phase.state });
  sealedOf(phase);
  requireNotOver(tx, phase);
  const station = await tx.need("station", id, place);
  requireState(tx, "station", station);
  return station;
}

/** Sheets and whole credentials are no more than the roll: a credential is whole once the last issuer has signed. */
async function requireRoomOnRoll(tx: Tx, id: string, area: number): Promise<void> {
  const [sealing, counts, told] = await Promise.all([
    tx.need("sealing", id),
    tx.listInternal("desk_count", id),
    Promise.all(
      Object.values(issuerNumberOf).map((issuer) => tx.getInternal("last_issuance", id, String(issuer))),
    ),
  ]);
  const places = sealing.areas[area - 1]?.size ?? invalid("area");
  const issued = told.map((one) => one?.issued.find((line) => line.area === area)?.count ?? 0);
  const paper = counts.reduce((sum, one) => sum + (one.area === area ? one.paper : 0), 0);
  if (Math.min(...issued) + paper + 1 > places) throw new RuleError("over_roll", { area, rollSize: places });
}
