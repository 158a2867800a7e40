import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { ownDatabase } from "@/scripts/data/database";
import { freePort } from "@/tests/free-port";
import { startCoCity } from "../browser/co-city";
import { shareEnvironment } from "../browser/environment";
import { copyStory, countOf } from "./city/copies";
import { addMore } from "./city/more";
import { measurePages } from "./city/pages";

export const needs = "site";
export const onlyByName = true;

const counted = {
  commons: "chain.commons",
  proposals: "chain.proposal",
  adhesions: "chain.adhesion",
  comments: 'public."Comment"',
  pacts: "chain.pact",
  payments: "chain.payment",
  pictures: 'public."Picture"',
  roll: 'public."RollPerson"',
  transactions: "chain.transaction",
};

/**
 * The trial, made as large as a city with rows of the tables as the projection writes them, and its main pages at twenty
 * requests a second: for whoever is not signed in, for a resident and for an office. Copies have no blocks on the ledger,
 * so this city proves nothing; it is there to be read.
 */
export default async function measureCity(): Promise<object> {
  const kept = process.env.COCITY_BENCH_CITY;
  const data = kept ?? (await mkdtemp(join(tmpdir(), "cocity-city-")));
  const port = await freePort();
  try {
    let coCity = await startCoCity(data, port);
    await coCity.stop();
    const size = await enlarge(data);
    coCity = await startCoCity(data, port);
    try {
      await shareEnvironment({ origin: coCity.origin, data });
      return { size, pages: await measurePages(coCity.origin) };
    } finally {
      await coCity.stop();
    }
  } finally {
    if (!kept) await rm(data, { recursive: true, force: true });
  }
}

async function enlarge(data: string): Promise<Record<string, number>> {
  const database = await ownDatabase(data);
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    if ((await countOf(client, "chain.adhesion")) < 1_000) {
      await copyStory(client);
      await addMore(client);
    }
    const size: Record<string, number> = {};
    for (const [name, table] of Object.entries(counted)) size[name] = await countOf(client, table);
    return size;
  } finally {
    await client.end();
    await database.close();
  }
}
