/** Rounds whose last group goes at midnight, while the chain's day still is the one before. */
import { people } from "@/chaincode/testing/people";
import { storyFounding } from "@/chaincode/testing/register";
import { castOf, electors, sealedRoundOf } from "@/chaincode/testing/sealed-election";
import { castGroup, groupSize, id, sealedFreeze, withReveals } from "@/chaincode/testing/sealed-story";
import { type PlainTransaction, RecordedCity } from "./recorded-city";

export interface Midnight {
  readonly name: string;
  readonly closesAt: string;
  readonly chainDay: string;
  readonly sentAt: string;
}

export const midnights: readonly Midnight[] = [
  {
    name: "at 00:00 of a day, ten seconds before the chain's day changes",
    closesAt: "2026-02-09T23:00:00Z",
    chainDay: "2026-02-09",
    sentAt: "2026-02-09T23:00:10Z",
  },
  {
    name: "just before midnight, and the last group goes just after",
    closesAt: "2026-02-10T22:59:55Z",
    chainDay: "2026-02-10",
    sentAt: "2026-02-10T23:00:10Z",
  },
];

/** Its clock keeps to the chain's days, as it has to outside a trial. */
class PresentCity extends RecordedCity {
  override async advanceTo(day: string): Promise<void> {
    this.now = Date.parse(`${day}T10:00:00Z`);
    await super.advanceTo(day);
  }
}

/** A whole group, and one of fewer keys that the contract takes because the closing instant has come. */
export async function midnightStory({ closesAt, chainDay, sentAt }: Midnight): Promise<PlainTransaction[]> {
  const city = await RecordedCity.told(new PresentCity(), storyFounding({ objectionDays: 5 }, false));
  await withReveals(city);
  const freeze = await sealedFreeze(city, { closesAt, objectionDays: 5 });
  await city.submit(people.officer, "rounds:freeze", freeze);
  await city.submit(people.officer, "rounds:open", { id });
  const round = sealedRoundOf(city.record("round", id));
  const voters = await electors(round, 1, 2 * groupSize - 1);
  const casts = await Promise.all(voters.map((voter) => castOf(round, voter, [1])));
  await castGroup(city, casts.slice(0, groupSize));
  await city.advanceTo(chainDay);
  city.now = Date.parse(sentAt);
  await castGroup(city, casts.slice(groupSize));
  return city.transactions;
}
