/** Stations where people vote on paper: what sheets they got, and where each of them is at the end. */
import { balanceMismatch } from "../../../../protocol/desk-totals";
import { RuleError } from "../../../../protocol/errors";
import { MOST_STATIONS } from "../../../../protocol/records/desk";
import type { Handler } from "../handler";
import { requireState } from "../moves";
import { invalid, requireRoom, requireUnique } from "../require";
import { phaseOf, requireNotOver } from "../rounds";
import { sealedOf } from "../sealed/casting";
import { requireOtherOrganisation } from "../voices";
import { completePaper } from "./totals";
import { deskCount } from "./vouchers";

export const openStation: Handler<"desk:openStation"> = async (tx, { round: id, station, delivered }) => {
  const [phase, sealing, stations] = await Promise.all([
    phaseOf(tx, id),
    tx.need("sealing", id),
    tx.list("station", id),
  ]);
  requireState(tx, "round", { id, state: phase.state });
  requireState(tx, "sealing", sealing);
  requireNotOver(tx, phase);
  const areas = delivered.map(({ area }) => area);
  requireUnique(areas, "delivered");
  if (areas.some((area) => area > sealedOf(phase).areas.length)) invalid("delivered");
  requireRoom(stations, MOST_STATIONS);
  const { organisation, person } = tx.actor;
  await tx.create("station", [id, station], {
    ...{ municipality: tx.municipality, round: id, id: station, state: "open", delivered },
    ...{ openedBy: { organisation, person }, openedOn: tx.day },
  });
  return undefined;
};

/** Told again while nobody has confirmed it. */
export const tellBalance: Handler<"desk:tellBalance"> = async (tx, input) => {
  const { round: id, station: place, areas, incidentsDigest } = input;
  const [round, station] = await Promise.all([tx.need("round", id), tx.need("station", id, place)]);
  requireState(tx, "round", round);
  requireState(tx, "station", station);
  requireUnique(
    areas.map(({ area }) => area),
    "areas",
  );
  if (areas.length !== station.delivered.length) invalid("areas");
  for (const line of areas) {
    const delivered = station.delivered.find((one) => one.area === line.area)?.sheets ?? invalid("areas");
    const { paper: vouched } = await deskCount(tx, id, place, line.area);
    const hasIncident = incidentsDigest !== undefined;
    const mismatch = balanceMismatch(line, { delivered, vouched, hasIncident });
    if (mismatch) throw new RuleError(mismatch.code, mismatch.params);
  }
  const { organisation, person } = tx.actor;
  tx.put("station", [id, place], {
    ...station,
    state: "told",
    balance: {
      areas,
      ...(incidentsDigest === undefined ? {} : { incidentsDigest }),
      by: { organisation, person },
      on: tx.day,
    },
  });
  return undefined;
};

export const closeStation: Handler<"desk:closeStation"> = async (tx, { round: id, station: place }) => {
  const [round, sealing, station] = await Promise.all([
    tx.need("round", id),
    tx.need("sealing", id),
    tx.need("station", id, place),
  ]);
  requireState(tx, "round", round);
  requireState(tx, "sealing", sealing);
  requireState(tx, "station", station);
  requireOtherOrganisation(tx, station.balance?.by.organisation);
  const { organisation, person } = tx.actor;
  const closed = {
    ...station,
    state: "closed",
    closedBy: { organisation, person },
    closedOn: tx.day,
  } as const;
  tx.put("station", [id, place], closed);
  await completePaper(tx, sealing, { station: closed });
  return undefined;
};
