/** What a round with sealed ballots waits for from people, and from which organisations. Pure. */
import { type Organisation, organisations } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { bundlePart, LEAST_SHEETS } from "@/protocol/records/desk";
import type { TransactionName } from "@/protocol/transactions";
import { awaitedIn } from "@/protocol/workflow/table";

export interface SealedFacts {
  readonly sealing: RecordOf<"sealing">;
  /** Undefined before the freeze. */
  readonly roundState: string | undefined;
  readonly stations: readonly RecordOf<"station">[];
  readonly bundles: readonly RecordOf<"sheets">[];
}

export interface SealedStep {
  readonly transaction: TransactionName;
  /** The station or bundle that it is about, as the record's key ends. */
  readonly part?: string;
  readonly by: readonly Organisation[];
  readonly barred: string[];
}

export function sealedSteps({ sealing, roundState, stations, bundles }: SealedFacts): SealedStep[] {
  const allBut = (done: readonly { organisation: Organisation }[]) =>
    organisations.filter((one) => !done.some(({ organisation }) => organisation === one));
  if (sealing.state === "gathering")
    return awaitedIn("sealing", "gathering").map((transaction) => ({
      ...{ transaction, by: allBut(sealing.trustees), barred: [] },
    }));
  if (roundState !== "closed") return [];
  const desk = sealing.paper ? [] : deskSteps(stations, bundles);
  if (sealing.state !== "published" || (stations.length > 0 && !sealing.paper)) return desk;
  const trustees = sealing.trustees.map(({ organisation }) => organisation);
  const left = allBut(sealing.released).filter((one) => trustees.includes(one));
  return awaitedIn("sealing", "published").map((transaction) => ({ transaction, by: left, barred: [] }));
}

function deskSteps(stations: SealedFacts["stations"], bundles: SealedFacts["bundles"]): SealedStep[] {
  const others = (first?: { organisation: Organisation; person: string }) => ({
    by: organisations.filter((one) => one !== first?.organisation),
    barred: first ? [first.person] : [],
  });
  const open = stations.flatMap((station) =>
    awaitedIn("station", station.state).map((transaction) => ({
      ...{ transaction, part: station.id, ...others(station.balance?.by) },
    })),
  );
  if (stations.some(({ state }) => state !== "closed")) return open;
  const entered = bundles.flatMap(({ bundle, state, by }) =>
    awaitedIn("sheets", state).map((transaction) => ({
      ...{ transaction, part: bundlePart(bundle), ...others(by) },
    })),
  );
  const isLeft = [...castByArea(stations)].some(
    ([area, cast]) => cast >= LEAST_SHEETS && cast > sheetsOf(bundles, area),
  );
  return isLeft ? [{ transaction: "desk:enterSheets", by: organisations, barred: [] }, ...entered] : entered;
}

function castByArea(stations: SealedFacts["stations"]): Map<number, number> {
  const found = new Map<number, number>();
  for (const { balance } of stations)
    for (const { area, cast } of balance?.areas ?? []) found.set(area, (found.get(area) ?? 0) + cast);
  return found;
}

function sheetsOf(bundles: SealedFacts["bundles"], area: number): number {
  return bundles.reduce((sum, one) => sum + (one.area === area ? one.sheets.length : 0), 0);
}
