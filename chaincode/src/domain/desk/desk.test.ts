/** Desks of a sealed round as the ledger has them, and every step tried by every role in every state against the workflow table. */
import { describe, expect, test, vi } from "vitest";
import type { ErrorCode } from "../../../../protocol/errors";
import type { Actor, Role } from "../../../../protocol/primitives";
import type { RecordOf } from "../../../../protocol/records";
import { sheetsStates, stationStates, voucherStates } from "../../../../protocol/records/desk";
import type { deskTransactions } from "../../../../protocol/transactions/desk";
import { NEW } from "../../../../protocol/workflow/step";
import { workflow } from "../../../../protocol/workflow/table";
import { City } from "../../../testing/city";
import {
  balance,
  delivered,
  deskOutcome,
  entering,
  sheets,
  voucherOf,
  vouching,
  withBalancesTold,
  withDeskClosed,
  withDeskPublished,
  withDeskReleased,
  withSheetsConfirmed,
  withSheetsEntered,
  withStations,
  withStationsClosed,
  withVouched,
} from "../../../testing/desk-story";
import { testEveryRole } from "../../../testing/every-role";
import { digest } from "../../../testing/keys";
import { people, person, torino } from "../../../testing/people";
import { id, withSealedVotes } from "../../../testing/sealed-story";

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

describe("a round with people at desks", () => {
  test("is counted with the sheets of both Case, and says which were too few", async () => {
    const city = await City.after(withDeskReleased);
    expect(city.record("sealing", id).paper).toMatchObject({
      areas: [
        { number: 2, cast: 11, opened: true },
        { number: 3, cast: 3, opened: false },
      ],
    });
    await city.submit(people.officer, "rounds:count", { id, outcome: deskOutcome() });
    expect(city.record("round", id).state).toBe("counted");
  });

  test("tells whom nobody knows: a voucher names station, area and the two who vouched", async () => {
    const city = await City.after(withVouched);
    expect(city.record("voucher", id, voucherOf("casa-one", 0))).toMatchObject({
      ...{ station: "casa-one", area: 2, purpose: "paper", state: "confirmed" },
      by: { organisation: "Case" },
      confirmedBy: { organisation: "Comune" },
    });
  });

  test("one operator alone keeps nobody from voting at another Casa", async () => {
    const city = await City.after(withStations);
    const voucher = digest("somebody");
    await city.submit(people.coordinator, "desk:vouch", vouching());
    await city.submit(people.officer, "desk:vouch", vouching({ station: "casa-two" }));
    const confirm = (actor: Actor) => city.submit(actor, "desk:confirmVoucher", { round: id, voucher });
    await expect(confirm(people.officer)).rejects.toThrow("same_organisation");
    await confirm(people.coordinator);
    expect(city.record("voucher", id, voucher)).toMatchObject({
      ...{ station: "casa-two", state: "confirmed", by: { organisation: "Comune" } },
    });
    const count = (station: string) => city.state.get([torino, "desk_count", id, station, "00002"]);
    expect([count("casa-one"), count("casa-two")]).toMatchObject([undefined, { paper: 1 }]);
  });

  test("takes a balance and sheets again while nobody has confirmed them", async () => {
    const told = await City.after(withBalancesTold);
    await told.submit(people.officer, "desk:tellBalance", balance("casa-one"));
    expect(told.record("station", id, "casa-one").balance?.by.organisation).toBe("Comune");
    const entered = await City.after(withSheetsEntered);
    await entered.submit(people.officer, "desk:enterSheets", entering());
    expect(entered.record("sheets", id, "0001").by.organisation).toBe("Comune");
  });

  test("whose boxes are empty needs no sheets", async () => {
    const city = await City.after(withStations);
    const { closeVote } = await import("../../../testing/sealed-story");
    await closeVote(city);
    for (const station of ["casa-one", "casa-two"]) {
      const areas = delivered.map(({ area, sheets: unused }) => ({
        ...{ area, given: 0, spoiled: 0, unused, lost: 0, cast: 0 },
      }));
      await city.submit(people.officer, "desk:tellBalance", { round: id, station, areas });
      await city.submit(people.guarantor, "desk:closeStation", { round: id, station });
    }
    expect(city.record("sealing", id).paper?.areas.map(({ cast }) => cast)).toEqual([0, 0]);
  });

  test("takes a credential's voucher beyond the sheets: it is no sheet", async () => {
    const city = await City.after(withVouched);
    const voucher = digest("on the device of the Casa");
    await city.submit(people.guarantor, "desk:vouch", vouching({ purpose: "credential", voucher }));
    await city.submit(people.officer, "desk:confirmVoucher", { round: id, voucher });
    expect(city.state.get([torino, "desk_count", id, "casa-one", "00002"])).toMatchObject({
      ...{ paper: 7, credential: 1 },
    });
  });
});

const stages = [
  withSealedVotes,
  withStations,
  withVouched,
  withDeskClosed,
  withBalancesTold,
  withStationsClosed,
  withSheetsEntered,
  withSheetsConfirmed,
  withDeskPublished,
  withDeskReleased,
];

type Name = keyof typeof deskTransactions;

const inputs: { readonly [N in Name]: object } = {
  "desk:openStation": { round: id, station: "casa-three", delivered },
  "desk:vouch": vouching(),
  "desk:confirmVoucher": { round: id, voucher: voucherOf("casa-one", 0) },
  "desk:tellBalance": balance("casa-one"),
  "desk:closeStation": { round: id, station: "casa-one" },
  "desk:enterSheets": entering({ sheets }),
  "desk:confirmSheets": { round: id, bundle: 1 },
};
const names = Object.keys(inputs) as Name[];

/** Refusals of what the table allows: a rule beside it stands in the way in some of the states. */
const besideTheTable: { readonly [N in Name]?: readonly ErrorCode[] } = {
  "desk:enterSheets": ["stations_open", "area_not_opened"],
  "desk:closeStation": ["same_organisation"],
  "desk:confirmVoucher": ["same_organisation"],
  "desk:confirmSheets": ["same_organisation"],
};

function stateIn(city: City, type: string, ...parts: string[]): string {
  return city.state.get<{ state: string }>([torino, type, ...parts])?.state ?? NEW;
}

function statesIn(city: City) {
  return {
    round: stateIn(city, "round", id),
    sealing: stateIn(city, "sealing", id),
    station: stateIn(city, "station", id, "casa-one"),
    voucher: stateIn(city, "voucher", id, voucherOf("casa-one", 0)),
    sheets: stateIn(city, "sheets", id, "0001"),
  };
}

async function cityAfter(stage: (city: City) => Promise<void>, name: Name): Promise<City> {
  const city = await City.after(stage);
  if (name === "desk:confirmVoucher" && stage === withStations)
    await city.submit(people.coordinator, "desk:vouch", vouching({ voucher: voucherOf("casa-one", 0) }));
  return city;
}

function actorOf(role: Role, organisation: Actor["organisation"]): Actor {
  return person(`tries-${role.replaceAll("_", "-")}-${organisation.toLowerCase()}`, role, organisation);
}

/** What the table has against a step in these states, as codes. */
function against(name: Name, known: ReturnType<typeof statesIn>): ErrorCode[] {
  const states: Readonly<Record<string, string>> = known;
  const { moves, asks } = workflow[name];
  return [...moves, ...asks].flatMap(({ record, from, refusal }) => {
    const state = states[record] ?? NEW;
    if (name === "desk:openStation" && record === "station") return [];
    if (name === "desk:vouch" && record === "voucher") return [];
    if (from.includes(state)) return [];
    return state === NEW ? [refusal, "not_found" as const] : [refusal];
  });
}

testEveryRole(names, {
  ...{ stages, cityAfter, actorOf, statesIn, against, besideTheTable },
  inputOf: (name) => inputs[name],
});

test("the story comes by every state of stations, vouchers and sheets", async () => {
  const come = { station: new Set<string>(), voucher: new Set<string>(), sheets: new Set<string>() };
  for (const stage of stages) {
    const city = await City.after(stage);
    for (const type of ["station", "voucher", "sheets"] as const)
      for (const { state } of city.state.all<RecordOf<typeof type>>(torino, type)) come[type].add(state);
  }
  expect(come.station).toEqual(new Set(stationStates));
  expect(come.sheets).toEqual(new Set(sheetsStates));
  // One that waits for its confirmation is there between two steps of the story.
  expect(come.voucher).toEqual(new Set(voucherStates.slice(1)));
});
