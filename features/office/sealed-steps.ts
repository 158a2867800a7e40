/** What a round with sealed ballots waits for from people, and from which organisations. Pure. */
import { areOpened, castByArea, countOf } from "@/protocol/desk-totals";
import { type Organisation, organisations } from "@/protocol/primitives";
import type { RecordOf } from "@/protocol/records";
import { bundlePart } from "@/protocol/records/desk";
import type { TransactionName } from "@/protocol/transactions";
import { awaitedIn } from "@/protocol/workflow/table";

export interface SealedFacts {
  readonly sealing: RecordOf<"sealing">;
  /** Undefined before the freeze. */
  readonly roundState: string | undefined;
  readonly stations: readonly RecordOf<"station">[];
  readonly bundles: readonly RecordOf<"sheets">[];
  /** People whom one operator alone has seen. */
  readonly vouchers: readonly Pick<RecordOf<"voucher">, "station" | "state" | "by">[];
}

export interface SealedStep {
  readonly transaction: TransactionName;
  /** The station or bundle that it is about, as the record's key ends; for vouchers the station and whose they are. */
  readonly part?: string;
  readonly by: readonly Organisation[];
  readonly barred: string[];
}

export function sealedSteps(facts: SealedFacts): SealedStep[] {
  const { sealing, roundState, stations, bundles } = facts;
  const allBut = (done: readonly { organisation: Organisation }[]) =>
    organisations.filter((one) => !done.some(({ organisation }) => organisation === one));
  if (sealing.state === "gathering")
    return awaitedIn("sealing", "gathering").map((transaction) => ({
      ...{ transaction, by: allBut(sealing.trustees), barred: [] },
    }));
  if (roundState !== "closed") return secondOperators(facts);
  const desk = sealing.paper ? [] : deskSteps(stations, bundles);
  if (sealing.state !== "published" || (stations.length > 0 && !sealing.paper)) return desk;
  const trustees = sealing.trustees.map(({ organisation }) => organisation);
  const left = allBut(sealing.released).filter((one) => trustees.includes(one));
  return awaitedIn("sealing", "published").map((transaction) => ({ transaction, by: left, barred: [] }));
}

/**
 * People at desks who wait for a second operator: told once for each desk and first organisation, because only who meets
 * a person can tell whose voucher it is.
 */
function secondOperators({ stations, vouchers }: SealedFacts): SealedStep[] {
  const isOpen = new Set(stations.filter(({ state }) => state === "open").map(({ id }) => id));
  const waiting = vouchers.filter(({ station }) => isOpen.has(station));
  return [...Map.groupBy(waiting, vouchersPart)].flatMap(([part, [first, ...more]]) => {
    if (!first) return [];
    const { by, barred } = othersThan(first.by);
    // Whoever gave some of them alone may still confirm the others.
    const isOneOperator = more.every((one) => one.by.person === first.by.person);
    return awaitedIn("voucher", first.state).map((transaction) => ({
      ...{ transaction, part, by, barred: isOneOperator ? barred : [] },
    }));
  });
}

/** Under what a desk's vouchers of one organisation are told together. */
export function vouchersPart({ station, by }: Pick<RecordOf<"voucher">, "station" | "by">): string {
  return `${station}/${by.organisation}`;
}

function othersThan(first?: {
  organisation: Organisation;
  person: string;
}): Pick<SealedStep, "by" | "barred"> {
  return {
    by: organisations.filter((one) => one !== first?.organisation),
    barred: first ? [first.person] : [],
  };
}

function deskSteps(stations: SealedFacts["stations"], bundles: SealedFacts["bundles"]): SealedStep[] {
  const open = stations.flatMap((station) =>
    awaitedIn("station", station.state).map((transaction) => ({
      ...{ transaction, part: station.id, ...othersThan(station.balance?.by) },
    })),
  );
  if (stations.some(({ state }) => state !== "closed")) return open;
  const entered = bundles.flatMap(({ bundle, state, by }) =>
    awaitedIn("sheets", state).map((transaction) => ({
      ...{ transaction, part: bundlePart(bundle), ...othersThan(by) },
    })),
  );
  const isLeft = [...castByArea(stations)].some(
    ([area, cast]) => areOpened(cast) && cast > countOf(bundles, area),
  );
  return isLeft ? [{ transaction: "desk:enterSheets", by: organisations, barred: [] }, ...entered] : entered;
}
