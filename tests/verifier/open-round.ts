/** The story of a round with open ballots, to its final result, as the transactions of a ledger. */
import { people } from "@/chaincode/testing/people";
import { outcome, withCounted } from "@/chaincode/testing/story";
import { type PlainTransaction, RecordedCity } from "./recorded-city";

let told: Promise<PlainTransaction[]> | undefined;

export async function openStory(): Promise<PlainTransaction[]> {
  told ??= tell();
  return structuredClone(await told);
}

async function tell(): Promise<PlainTransaction[]> {
  const city = await RecordedCity.told();
  await withCounted(city, ["garden", "library"]);
  const { digest } = outcome([1], [3, 0]);
  for (const person of [people.officer, people.coordinator])
    await city.submit(person, "rounds:attest", { id: "round-2026", digest });
  return city.transactions;
}
