/** Sheets of a round over all stations, and whether each of them is entered. */
import { areOpened, castByArea, countOf } from "../../../../protocol/desk-totals";
import { RuleError } from "../../../../protocol/errors";
import type { RecordOf } from "../../../../protocol/records";
import type { PaperTotals } from "../../../../protocol/records/sealed";
import type { Tx } from "../tx";

type Station = RecordOf<"station">;
type Sheets = RecordOf<"sheets">;

/** Writes what became of all sheets as soon as nothing is missing. `changed` is what this transaction writes. */
export async function completePaper(
  tx: Tx,
  sealing: RecordOf<"sealing">,
  changed: { station?: Station; sheets?: Sheets },
): Promise<void> {
  const [before, entered] = await Promise.all([
    tx.list("station", sealing.id),
    tx.list("sheets", sealing.id),
  ]);
  const stations = before.map((one) => (one.id === changed.station?.id ? changed.station : one));
  const all = entered.map((one) => (one.bundle === changed.sheets?.bundle ? changed.sheets : one));
  if (stations.some(({ state }) => state !== "closed") || all.some(({ state }) => state !== "confirmed"))
    return;
  const cast = castByArea(stations);
  const isWhole = [...cast].every(([area, sheets]) => !areOpened(sheets) || countOf(all, area) === sheets);
  if (!isWhole) return;
  const areas: PaperTotals["areas"] = [...cast]
    .sort(([one], [other]) => one - other)
    .map(([number, sheets]) => ({ number, cast: sheets, opened: areOpened(sheets) }));
  tx.put("sealing", [sealing.id], { ...sealing, paper: { areas, on: tx.day } });
}

/** @throws {RuleError} `paper_incomplete` while sheets wait: whoever enters them must not know what the others say */
export async function requirePaperComplete(tx: Tx, { id, paper }: RecordOf<"sealing">): Promise<void> {
  if (paper) return;
  const stations = await tx.list("station", id);
  if (stations.length > 0) throw new RuleError("paper_incomplete", { stations: stations.length });
}

/** Sheets that are counted, and those of areas with too few. */
export function sheetsOf({ paper }: RecordOf<"sealing">): { opened: number; unopened: number } {
  const sum = (opened: boolean) =>
    (paper?.areas ?? []).reduce((total, area) => total + (area.opened === opened ? area.cast : 0), 0);
  return { opened: sum(true), unopened: sum(false) };
}
