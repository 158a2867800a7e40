/*
 * Tells the demonstration's stories: Torino's and a small Comune's. Every step goes through the gateway as the person
 * of the story; running it again goes on where it stopped. Says on standard output how far it is.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { activateMunicipalities, importMunicipalities } from "@/features/municipalities/service";
import { once, record } from "@/ledger/client/outbox/record";
import { ledger } from "@/ledger/client/process";
import { db } from "@/lib/db";
import { todayInItaly } from "@/lib/local-time";
import { tellAglie } from "@/prisma/seed/aglie";
import { settlePeople } from "@/prisma/seed/people";
import { Memory, Story } from "@/prisma/seed/story";
import { tellTorino } from "@/prisma/seed/torino";
import { tellCosigner } from "@/prisma/seed/voting";
import { trialMunicipalities } from "./trial-people";

const started = Date.now();

async function main(): Promise<void> {
  const csv = await readFile(join("prisma", "seed", "data", "municipalities.csv"), "utf8");
  const count = await importMunicipalities(db, csv);
  say(`${count} Comuni / municipalities`);
  const memory = new Memory();
  await memory.load();
  const [torino, aglie] = await Promise.all([settle("torino", memory), settle("aglie", memory)]);
  await Promise.all([tellTorino(torino, say), tellAglie(aglie)]);
  say(`${Math.round((Date.now() - started) / 1000)} s`);
}

/** A municipality with its pages, its people and its first transactions. */
async function settle(slug: "torino" | "aglie", memory: Memory): Promise<Story> {
  const municipality = trialMunicipalities[slug];
  await activateMunicipalities(db, [municipality]);
  await db.municipality.update({
    where: { istatCode: municipality },
    data: { settings: { demo: true } },
  });
  const today = todayInItaly();
  const story = new Story(slug, municipality, memory, await settlePeople(slug), today);
  const administrator = story.official("administrator");
  const { name } = await db.municipality.findUniqueOrThrow({ where: { istatCode: municipality } });
  await story.tell("register", (command) =>
    once(command, (tx) =>
      record(
        tx,
        administrator,
        "municipality:register",
        {
          ...{ municipality, name, day: story.day(-430) },
          casaBody: slug === "torino" ? "Rete delle Case del Quartiere" : "Biblioteca comunale di Agliè",
          settings: {
            ...{ leastAge: 16, longestPactYears: 9, challengeDays: 0 },
            ...{ publishGrantsAboveCents: 100_000, cigRequired: true },
            // A trial's votes may last minutes, and its results be final the day they are attested.
            ...{ objectionDays: 0, votingDays: 0 },
          },
          trial: true,
        },
        { type: "municipality", id: municipality },
        command,
      ),
    ),
  );
  await tellCosigner(story);
  return story;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main()
  .then(async () => {
    (await ledger()).gateway.close();
    await db.$disconnect();
  })
  .catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
