import { digest } from "@/chaincode/testing/keys";
import { withOrdered } from "@/chaincode/testing/pact-story";
import { people } from "@/chaincode/testing/people";
import { type ProcessReleases, recordPackage, releasePackage } from "@/features/open-data/ocds/packages";
import { type Release, ReleaseWriter } from "@/features/open-data/ocds/releases";
import { process, RecordedCity } from "./recorded-city";

const address = "https://comune.example/api/open-data/torino";
const head = {
  ...{ uri: `${address}/ocds/releases.json`, publisher: "Comune di Torino" },
  licence: "https://creativecommons.org/licenses/by/4.0/",
  publicationPolicy: "https://comune.example/torino/dati-aperti#contracting",
};

/** Both packages of a process that went from its call to a payment and a recovery, as they are sent. */
export async function storyPackages(): Promise<{ releases: string; records: string }> {
  const city = await RecordedCity.founded();
  await withOrdered(city);
  const documentHash = digest("receipt");
  const id = "payment-1";
  await city.submit(people.treasurer, "payments:recordPaid", {
    ...{ id, reference: "CRO 4567", on: "2026-02-16", documentHash },
  });
  const recovery = { id, amountCents: 12_345, reference: "CRO 9", documentHash: digest("recovery") };
  await city.submit(people.treasurer, "payments:recover", recovery);
  async function* processes(): AsyncGenerator<ProcessReleases> {
    const writer = new ReleaseWriter(process());
    const told = city.steps.flatMap((step) => writer.next(step) ?? []);
    yield { ocid: process().ocid, releases: each(told) };
  }
  return {
    releases: await textOf(releasePackage(head, processes())),
    records: await textOf(recordPackage({ ...head, uri: `${address}/ocds/records.json` }, processes())),
  };
}

async function* each(list: readonly Release[]): AsyncGenerator<Release> {
  yield* list;
}

async function textOf(parts: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const part of parts) text += part;
  return text;
}
