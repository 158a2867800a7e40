/** The story of a sealed round, to its attested result, as the transactions of a ledger. */
import { deskOutcome, withDeskReleased } from "@/chaincode/testing/desk-story";
import { digest } from "@/chaincode/testing/keys";
import { people } from "@/chaincode/testing/people";
import { id, programs, sealedOutcome, withSealedReleased } from "@/chaincode/testing/sealed-story";
import { type PlainTransaction, RecordedCity } from "./recorded-city";

export { id };

let told: Promise<PlainTransaction[]> | undefined;

/** Told once; each test gets a copy of its own. */
export async function sealedStory(): Promise<PlainTransaction[]> {
  told ??= tell();
  return structuredClone(await told);
}

let toldOfDesks: Promise<PlainTransaction[]> | undefined;

/** The same with people at the desks of two Case. */
export async function deskStory(): Promise<PlainTransaction[]> {
  toldOfDesks ??= tell(withDeskReleased, deskOutcome(), [40, 20, 0]);
  return structuredClone(await toldOfDesks);
}

/** Of a sealed round whose story is told otherwise, with the same ballots. */
export function toldOtherwise(
  story: (city: RecordedCity) => Promise<void>,
  closedOn: string,
): Promise<PlainTransaction[]> {
  return tell(story, sealedOutcome(), [40, 40, 0], closedOn);
}

async function tell(
  story = withSealedReleased as (city: RecordedCity) => Promise<void>,
  outcome = sealedOutcome(),
  told = [40, 40, 0],
  closedOn = "2026-02-11",
): Promise<PlainTransaction[]> {
  const city = await RecordedCity.told();
  city.after.set("rounds:open", () => report(city, "2026-02-01", [20, 20, 0], 0));
  city.after.set("sealed:endReception", () => report(city, closedOn, told, 20));
  await story(city);
  await city.submit(people.officer, "rounds:count", { id, outcome });
  for (const person of [people.officer, people.coordinator])
    await city.submit(person, "rounds:attest", { id, digest: outcome.digest });
  return city.transactions;
}

/** What each issuer tells of a day. */
async function report(
  city: RecordedCity,
  day: string,
  counts: readonly number[],
  paper: number,
): Promise<void> {
  for (const issuer of programs.issuers)
    await city.submit(issuer, "sealed:reportIssued", {
      ...{ round: id, day, refused: 0, waiting: 0, paper, root: digest(`list of ${day}`) },
      issued: counts.map((count, index) => ({ area: index + 1, count })),
    });
}
