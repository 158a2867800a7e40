/** Whether the sheets of desks add up: asked by the form before anybody signs, and by the chaincode. Pure. */
import type { ErrorCode } from "./errors";
import type { RecordOf } from "./records";
import { type AreaBalance, LEAST_SHEETS } from "./records/desk";

/** Why something does not add up, as an error has it. */
export interface Mismatch {
  readonly code: ErrorCode;
  readonly params?: Readonly<Record<string, string | number>>;
}

/**
 * Every sheet is somewhere, none was given to anybody who was not vouched for, and what is missing has a reason.
 * @param vouched people for whom two organisations have vouched there, for paper
 */
export function balanceMismatch(
  { area, given, spoiled, unused, lost, cast }: AreaBalance,
  station: { delivered: number; vouched: number; hasIncident: boolean },
): Mismatch | undefined {
  const { delivered, vouched, hasIncident } = station;
  const found = given + spoiled + unused + lost;
  if (found !== delivered || cast > given)
    return { code: "balance_open", params: { area, delivered, found } };
  if (given > vouched) return { code: "not_vouched", params: { given, vouched } };
  if ((lost > 0 || cast < given) && !hasIncident) return { code: "incident_missing" };
  return undefined;
}

/**
 * Sheets of an area are no more than the boxes held, and none are left that could not be entered.
 * @param entered in other bundles
 */
export function sheetsMismatch(
  area: number,
  { cast, entered, sheets }: { cast: number; entered: number; sheets: number },
): Mismatch | undefined {
  if (!areOpened(cast)) return { code: "area_not_opened", params: { area } };
  const left = cast - entered - sheets;
  if (left < 0) return { code: "sheets_exceed", params: { cast, entered: entered + sheets } };
  if (left > 0 && left < LEAST_SHEETS)
    return { code: "too_few_sheets", params: { left, least: LEAST_SHEETS } };
  return undefined;
}

/** Sheets found in all boxes together, by area. */
export function castByArea(stations: readonly RecordOf<"station">[]): Map<number, number> {
  const found = new Map<number, number>();
  for (const { balance } of stations)
    for (const { area, cast } of balance?.areas ?? []) found.set(area, (found.get(area) ?? 0) + cast);
  return found;
}

/** Too few would tell whose they are. */
export function areOpened(cast: number): boolean {
  return cast >= LEAST_SHEETS;
}

/** Sheets of an area in these bundles. */
export function countOf(bundles: readonly RecordOf<"sheets">[], area: number): number {
  return bundles.reduce((sum, one) => sum + (one.area === area ? one.sheets.length : 0), 0);
}
