/** The story of a sealed round in which people also vote on paper, at two Case; in the third area too few. */
import { canonicalJson } from "../../protocol/canonical-json";
import type { AreaBalance, Sheet } from "../../protocol/records/desk";
import type { Input } from "./city";
import { digest } from "./keys";
import { people } from "./people";
import {
  closeVote,
  id,
  listAll,
  publishAll,
  purgeAll,
  released,
  type SealedTeller,
  trustees,
  withSealedVotes,
} from "./sealed-story";
import { outcome } from "./story";

export const stations = ["casa-one", "casa-two"] as const;
/** Sheets of areas 2 and 3 that each Casa gets, and people vouched for there. */
export const delivered = [
  { area: 2, sheets: 20 },
  { area: 3, sheets: 5 },
];
const vouchedAt = { "casa-one": [7, 2], "casa-two": [6, 1] } as const;

/** @param nth from 0, over both areas of a Casa */
export const voucherOf = (station: string, nth: number) => digest(`voucher ${station} ${nth}`);

export function vouching(changes: Partial<Input<"desk:vouch">> = {}): Input<"desk:vouch"> {
  return {
    ...{ round: id, station: "casa-one", area: 2, purpose: "paper", voucher: digest("somebody") },
    ...changes,
  };
}

export async function withStations(city: SealedTeller): Promise<void> {
  await withSealedVotes(city);
  for (const station of stations)
    await city.submit(people.officer, "desk:openStation", { round: id, station, delivered });
}

/** Twelve sheets of area 2, of which one is not put in, and three of area 3. One more is vouched for and gets none. */
export async function withVouched(city: SealedTeller): Promise<void> {
  await withStations(city);
  for (const station of stations) {
    const [second, third] = vouchedAt[station];
    for (let nth = 0; nth < second + third; nth++) {
      const voucher = voucherOf(station, nth);
      const area = nth < second ? 2 : 3;
      // Seen at the first Casa by one alone, and gone to the second.
      if (station === "casa-two" && nth === 0)
        await city.submit(people.coordinator, "desk:vouch", vouching({ area, voucher }));
      await city.submit(people.coordinator, "desk:vouch", vouching({ station, area, voucher }));
      await city.submit(people.officer, "desk:confirmVoucher", { round: id, voucher });
    }
  }
}

export async function withDeskClosed(city: SealedTeller): Promise<void> {
  await withVouched(city);
  await closeVote(city);
}

const balances: Readonly<Record<(typeof stations)[number], AreaBalance[]>> = {
  "casa-one": [
    { area: 2, given: 7, spoiled: 1, unused: 12, lost: 0, cast: 6 },
    { area: 3, given: 2, spoiled: 0, unused: 3, lost: 0, cast: 2 },
  ],
  "casa-two": [
    { area: 2, given: 5, spoiled: 0, unused: 15, lost: 0, cast: 5 },
    { area: 3, given: 1, spoiled: 0, unused: 4, lost: 0, cast: 1 },
  ],
};

export function balance(
  station: (typeof stations)[number],
  changes: Partial<Input<"desk:tellBalance">> = {},
): Input<"desk:tellBalance"> {
  const incident = station === "casa-one" ? { incidentsDigest: digest("one was taken home") } : {};
  return { round: id, station, areas: balances[station], ...incident, ...changes };
}

export async function withBalancesTold(city: SealedTeller): Promise<void> {
  await withDeskClosed(city);
  for (const station of stations) await city.submit(people.coordinator, "desk:tellBalance", balance(station));
}

export async function withStationsClosed(city: SealedTeller): Promise<void> {
  await withBalancesTold(city);
  for (const station of stations)
    await city.submit(people.guarantor, "desk:closeStation", { round: id, station });
}

/** Of eleven: six for the first project, three for both, one for a project that is not there, one that cannot be read. */
export const sheets: Sheet[] = [
  ...Array.from({ length: 6 }, () => ({ choices: [1] })),
  ...Array.from({ length: 3 }, () => ({ choices: [1, 2] })),
  { choices: [7] },
  { fault: "unreadable" as const },
].sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));

export function entering(changes: Partial<Input<"desk:enterSheets">> = {}): Input<"desk:enterSheets"> {
  return { round: id, bundle: 1, area: 2, sheets, ...changes };
}

export async function withSheetsEntered(city: SealedTeller): Promise<void> {
  await withStationsClosed(city);
  await city.submit(people.coordinator, "desk:enterSheets", entering());
}

export async function withSheetsConfirmed(city: SealedTeller): Promise<void> {
  await withSheetsEntered(city);
  await city.submit(people.guarantor, "desk:confirmSheets", { round: id, bundle: 1 });
}

/** Envelopes are published while sheets still wait. */
export async function withDeskPublished(city: SealedTeller): Promise<void> {
  await withSheetsEntered(city);
  await listAll(city);
  await purgeAll(city);
  await publishAll(city);
}

export async function withDeskReleased(city: SealedTeller): Promise<void> {
  await withDeskPublished(city);
  await city.submit(people.guarantor, "desk:confirmSheets", { round: id, bundle: 1 });
  for (const index of [0, 2]) await city.submit(trustees[index] as never, "sealed:release", released(index));
}

/** What the sealed ballots come to, with nine sheets more for the first project and three for the second. */
export const deskOutcome = () => outcome([1], [58, 6], { ballots: 60, void: 2, unopened: 12 });
