import type { AreaBalance } from "../../../protocol/records/desk";
import type { City } from "../city";
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
  withStations,
  withStationsClosed,
  withVouched,
} from "../desk-story";
import { digest } from "../keys";
import { people, person } from "../people";
import { id, released, sealedOutcome, trustees, withSealedVotes } from "../sealed-story";
import { withOpenRound } from "../story";
import { type Refusal, refuses } from "./case";

const { officer, coordinator, guarantor } = people;
const opening = { round: id, station: "casa-three", delivered };
const later = (day: string) => (city: City) => city.advanceTo(day);
const vouched = (changes: Parameters<typeof vouching>[0] = {}) => vouching(changes);
/** The first Casa's balance with another line for the second area. */
const withLine = (changes: Partial<AreaBalance>) => {
  const { areas, ...rest } = balance("casa-one");
  return { ...rest, areas: areas.map((one) => (one.area === 2 ? { ...one, ...changes } : one)) };
};
const ofProponent = (name: string, organisation: "Garanti") => person(name, "guarantor", organisation);
/** An order that would say which sheet came first. */
const unsorted = [...sheets].reverse();

export const deskRefusals: Refusal[] = [
  refuses("already_exists", "a station twice", { at: withStations }, officer, "desk:openStation", {
    ...{ round: id, station: "casa-one", delivered },
  }),
  refuses(
    "invalid_input",
    "sheets of an area that there is not",
    { at: withStations, params: { path: "delivered" } },
    officer,
    "desk:openStation",
    { ...opening, delivered: [{ area: 4, sheets: 10 }] },
  ),
  refuses(
    "invalid_input",
    "sheets of an area twice",
    { at: withStations, params: { path: "delivered" } },
    officer,
    "desk:openStation",
    { ...opening, delivered: [delivered[0], delivered[0]] as typeof delivered },
  ),
  refuses(
    "too_late",
    "a station once the vote is over",
    { at: withStations, before: later("2026-02-11"), params: { day: "2026-02-10" } },
    officer,
    "desk:openStation",
    opening,
  ),
  refuses(
    "not_found",
    "a station of a round with open ballots",
    { at: (city) => withOpenRound(city, ["garden", "library"]), params: { type: "sealing", id } },
    officer,
    "desk:openStation",
    opening,
  ),
  refuses(
    "not_found",
    "vouching at a Casa that is no station",
    { at: withSealedVotes },
    officer,
    "desk:vouch",
    vouched(),
  ),
  refuses(
    "invalid_input",
    "vouching for an area of which the Casa has no sheets",
    { at: withStations, params: { path: "area" } },
    officer,
    "desk:vouch",
    vouched({ area: 1 }),
  ),
  refuses(
    "already_exists",
    "a person at two desks",
    { at: withVouched, params: { id: voucherOf("casa-one", 0), state: "confirmed" } },
    officer,
    "desk:vouch",
    vouched({ station: "casa-two", voucher: voucherOf("casa-one", 0) }),
  ),
  refuses(
    "already_exists",
    "a person twice at one desk",
    { at: withStations, before: (city) => city.submit(coordinator, "desk:vouch", vouched()) },
    officer,
    "desk:vouch",
    vouched(),
  ),
  refuses(
    "too_late",
    "vouching once the vote is over",
    { at: withStations, before: later("2026-02-11"), params: { day: "2026-02-10" } },
    officer,
    "desk:vouch",
    vouched(),
  ),
  ...withOneVouched("same_organisation", "two people of one organisation", {
    ...person("another-coordinator", "coordinator", "Case"),
  }),
  refuses(
    "wrong_state",
    "confirming twice",
    { at: withVouched, params: { id: voucherOf("casa-one", 0), state: "confirmed" } },
    guarantor,
    "desk:confirmVoucher",
    { round: id, voucher: voucherOf("casa-one", 0) },
  ),
  refuses(
    "too_late",
    "confirming once the vote is over",
    {
      at: withStations,
      before: async (city) => {
        await city.submit(coordinator, "desk:vouch", vouched());
        await city.advanceTo("2026-02-11");
      },
      params: { day: "2026-02-10" },
    },
    officer,
    "desk:confirmVoucher",
    { round: id, voucher: digest("somebody") },
  ),
  refuses(
    "over_roll",
    "sheets for more people than have no credential",
    { at: withStations, before: wholeRoll, params: { area: 3, rollSize: 18 } },
    officer,
    "desk:confirmVoucher",
    { round: id, voucher: digest("nineteenth") },
  ),
  refuses(
    "balance_open",
    "a sheet that is nowhere",
    { at: withDeskClosed, params: { area: 2, delivered: 20, found: 19 } },
    coordinator,
    "desk:tellBalance",
    withLine({ unused: 11 }),
  ),
  refuses(
    "balance_open",
    "more sheets in the box than were given",
    { at: withDeskClosed, params: { area: 2, delivered: 20, found: 20 } },
    coordinator,
    "desk:tellBalance",
    withLine({ cast: 8 }),
  ),
  refuses(
    "not_vouched",
    "a sheet given to nobody",
    { at: withDeskClosed, params: { given: 8, vouched: 7 } },
    coordinator,
    "desk:tellBalance",
    withLine({ given: 8, unused: 11 }),
  ),
  refuses(
    "incident_missing",
    "a sheet that did not come back, without a word",
    { at: withDeskClosed },
    coordinator,
    "desk:tellBalance",
    balance("casa-one", { incidentsDigest: undefined }),
  ),
  refuses(
    "incident_missing",
    "a lost sheet without a word",
    { at: withDeskClosed },
    coordinator,
    "desk:tellBalance",
    { ...withLine({ unused: 11, lost: 1, cast: 7 }), incidentsDigest: undefined },
  ),
  refuses(
    "invalid_input",
    "a balance without an area",
    { at: withDeskClosed, params: { path: "areas" } },
    coordinator,
    "desk:tellBalance",
    { ...balance("casa-one"), areas: balance("casa-one").areas.slice(1) },
  ),
  refuses(
    "invalid_input",
    "a balance with an area twice",
    { at: withDeskClosed, params: { path: "areas" } },
    coordinator,
    "desk:tellBalance",
    { ...balance("casa-one"), areas: balance("casa-one").areas.map((one) => ({ ...one, area: 2 })) },
  ),
  refuses(
    "invalid_input",
    "a balance of another area",
    { at: withDeskClosed, params: { path: "areas" } },
    coordinator,
    "desk:tellBalance",
    {
      ...balance("casa-one"),
      areas: balance("casa-one").areas.map((one) => ({ ...one, area: one.area - 1 })),
    },
  ),
  refuses(
    "same_organisation",
    "a balance that one organisation tells and confirms",
    { at: withBalancesTold },
    person("another-coordinator", "coordinator", "Case"),
    "desk:closeStation",
    { round: id, station: "casa-one" },
  ),
  refuses(
    "stations_open",
    "sheets before all boxes are counted",
    { at: withBalancesTold, params: { count: 2 } },
    coordinator,
    "desk:enterSheets",
    entering(),
  ),
  refuses(
    "area_not_opened",
    "sheets of an area with too few",
    { at: withStationsClosed, params: { area: 3 } },
    coordinator,
    "desk:enterSheets",
    entering({ area: 3 }),
  ),
  refuses(
    "area_not_opened",
    "sheets of an area without any",
    { at: withStationsClosed, params: { area: 1 } },
    coordinator,
    "desk:enterSheets",
    entering({ area: 1 }),
  ),
  refuses(
    "sheets_exceed",
    "a sheet more than was in the boxes",
    { at: withStationsClosed, params: { cast: 11, entered: 12 } },
    coordinator,
    "desk:enterSheets",
    entering({ sheets: [{ choices: [1] }, ...sheets] }),
  ),
  refuses(
    "sheets_exceed",
    "the same sheets as another bundle",
    { at: withSheetsConfirmed, params: { cast: 11, entered: 22 } },
    coordinator,
    "desk:enterSheets",
    entering({ bundle: 2 }),
  ),
  refuses(
    "too_few_sheets",
    "a rest that would tell whose it is",
    { at: withStationsClosed, params: { left: 1, least: 10 } },
    coordinator,
    "desk:enterSheets",
    entering({ sheets: sheets.slice(1) }),
  ),
  refuses(
    "invalid_input",
    "sheets in the order of the box",
    { at: withStationsClosed, params: { path: "sheets" } },
    coordinator,
    "desk:enterSheets",
    entering({ sheets: unsorted }),
  ),
  refuses(
    "invalid_input",
    "points on a ballot without points",
    { at: withStationsClosed, params: { path: "sheets" } },
    coordinator,
    "desk:enterSheets",
    entering({ sheets: [{ choices: [1], points: [2] }, ...sheets.slice(1)] }),
  ),
  refuses(
    "own_proposal",
    "an author entering sheets of their own proposal",
    { at: withStationsClosed },
    ofProponent(people.resident.person, "Garanti"),
    "desk:enterSheets",
    entering(),
  ),
  refuses(
    "own_proposal",
    "an author confirming sheets of their own proposal",
    { at: withStationsClosed, before: (city) => city.submit(coordinator, "desk:enterSheets", entering()) },
    ofProponent(people.resident.person, "Garanti"),
    "desk:confirmSheets",
    { round: id, bundle: 1 },
  ),
  refuses(
    "same_organisation",
    "sheets that one organisation enters and confirms",
    { at: withStationsClosed, before: (city) => city.submit(coordinator, "desk:enterSheets", entering()) },
    person("another-coordinator", "coordinator", "Case"),
    "desk:confirmSheets",
    { round: id, bundle: 1 },
  ),
  refuses(
    "wrong_state",
    "sheets that are confirmed entered again",
    { at: withSheetsConfirmed, params: { id: "0001", state: "confirmed" } },
    coordinator,
    "desk:enterSheets",
    entering(),
  ),
  refuses(
    "paper_incomplete",
    "a key released while sheets wait",
    { at: withDeskPublished, params: { stations: 2 } },
    trustees[0],
    "sealed:release",
    released(0),
  ),
  refuses(
    "invalid_input",
    "a count without the sheets",
    { at: withDeskReleased, params: { path: "outcome.ballots" } },
    officer,
    "rounds:count",
    { id, outcome: sealedOutcome() },
  ),
  refuses(
    "invalid_input",
    "a count that does not say which sheets were not opened",
    { at: withDeskReleased, params: { path: "outcome.unopened" } },
    officer,
    "rounds:count",
    { id, outcome: { ...deskOutcome(), unopened: 9 } },
  ),
];

/** Confirming what somebody of the Case has vouched for. */
function withOneVouched(
  code: Refusal["code"],
  what: string,
  actor: Parameters<typeof refuses>[3],
): Refusal[] {
  return [
    refuses(
      code,
      what,
      { at: withStations, before: (city) => city.submit(coordinator, "desk:vouch", vouched()) },
      actor,
      "desk:confirmVoucher",
      { round: id, voucher: digest("somebody") },
    ),
  ];
}

/** Eighteen people of the third area have a sheet, as many as have a place; a nineteenth is vouched for. */
async function wholeRoll(city: City): Promise<void> {
  for (let nth = 0; nth < 18; nth++) {
    const voucher = digest(`place ${nth}`);
    await city.submit(coordinator, "desk:vouch", vouched({ area: 3, voucher }));
    await city.submit(officer, "desk:confirmVoucher", { round: id, voucher });
  }
  await city.submit(coordinator, "desk:vouch", vouched({ area: 3, voucher: digest("nineteenth") }));
}
