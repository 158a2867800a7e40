/** Sheets as two organisations read them, once all boxes are counted: of all stations together, and in an order that says nothing. */
import { canonicalJson } from "../../../../protocol/canonical-json";
import { castByArea, countOf, sheetsMismatch } from "../../../../protocol/desk-totals";
import { RuleError } from "../../../../protocol/errors";
import { bundlePart } from "../../../../protocol/records/desk";
import type { Handler } from "../handler";
import { requireNoInterestInRound } from "../interests";
import { requireState } from "../moves";
import { invalid } from "../require";
import { requireOtherOrganisation } from "../voices";
import { completePaper } from "./totals";

export const enterSheets: Handler<"desk:enterSheets"> = async (tx, input) => {
  const { round: id, bundle, area, sheets } = input;
  const [round, sealing, stations, entered, earlier] = await Promise.all([
    tx.need("round", id),
    tx.need("sealing", id),
    tx.list("station", id),
    tx.list("sheets", id),
    tx.get("sheets", id, bundlePart(bundle)),
  ]);
  requireState(tx, "round", round);
  requireState(tx, "sealing", sealing);
  if (earlier) requireState(tx, "sheets", { id: bundlePart(bundle), state: earlier.state });
  await requireNoInterestInRound(tx, round);
  const open = stations.filter(({ state }) => state !== "closed").length;
  if (open > 0) throw new RuleError("stations_open", { count: open });
  const cast = castByArea(stations).get(area) ?? 0;
  const others = countOf(
    entered.filter((one) => one.bundle !== bundle),
    area,
  );
  const mismatch = sheetsMismatch(area, { cast, entered: others, sheets: sheets.length });
  if (mismatch) throw new RuleError(mismatch.code, mismatch.params);
  const texts = sheets.map((sheet) => canonicalJson(sheet));
  if (texts.some((text, index) => index > 0 && (texts[index - 1] as string) > text)) invalid("sheets");
  const isPoints = round.ballot.type === "points";
  for (const sheet of sheets) {
    if ("fault" in sheet) continue;
    const { choices, points } = sheet;
    if (isPoints ? points?.length !== choices.length : points !== undefined) invalid("sheets");
  }
  const { organisation, person } = tx.actor;
  tx.put("sheets", [id, bundlePart(bundle)], {
    ...{ municipality: tx.municipality, round: id, bundle, state: "entered", area, sheets },
    ...{ by: { organisation, person }, on: tx.day },
  });
  return undefined;
};

export const confirmSheets: Handler<"desk:confirmSheets"> = async (tx, { round: id, bundle }) => {
  const [round, sealing, sheets] = await Promise.all([
    tx.need("round", id),
    tx.need("sealing", id),
    tx.need("sheets", id, bundlePart(bundle)),
  ]);
  requireState(tx, "round", round);
  requireState(tx, "sealing", sealing);
  requireState(tx, "sheets", { id: bundlePart(bundle), state: sheets.state });
  await requireNoInterestInRound(tx, round);
  requireOtherOrganisation(tx, sheets.by.organisation);
  const { organisation, person } = tx.actor;
  const confirmed = { ...sheets, state: "confirmed", confirmedBy: { organisation, person } } as const;
  tx.put("sheets", [id, bundlePart(bundle)], confirmed);
  await completePaper(tx, sealing, { sheets: confirmed });
  return undefined;
};
