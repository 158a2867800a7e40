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
import { env } from "@/lib/env";
import { todayInItaly } from "@/lib/local-time";
import { tellAglie } from "@/prisma/seed/aglie";
import { type Terms, tellFounding } from "@/prisma/seed/founding";
import { introduceWhereMissing } from "@/prisma/seed/introduce";
import { settlePeople } from "@/prisma/seed/people";
import { Memory, Story } from "@/prisma/seed/story";
import { tellTorino } from "@/prisma/seed/torino";
import { tellCosigner } from "@/prisma/seed/voting";
import { SignerDesk } from "@/services/signer/desk-client";
import { trialMunicipalities } from "./trial-people";

type Slug = keyof typeof trialMunicipalities;

const started = Date.now();

async function main(): Promise<void> {
  if (process.argv.includes("--introduce-register")) return introduceRegisters();
  const csv = await readFile(join("prisma", "seed", "data", "municipalities.csv"), "utf8");
  const count = await importMunicipalities(db, csv);
  say(`${count} Comuni / municipalities`);
  const memory = new Memory();
  await memory.load();
  const [torino, aglie] = await Promise.all([settle("torino", memory), settle("aglie", memory)]);
  await Promise.all([tellTorino(torino, say), tellAglie(aglie)]);
  say(`${Math.round((Date.now() - started) / 1000)} s`);
}

/** For a data folder of before there was a register: nothing of the story is told again. */
async function introduceRegisters(): Promise<void> {
  const memory = new Memory();
  await memory.load();
  const desk = signerDesk();
  if (!desk) throw new Error("the register of a trial is introduced with the trial signer's keys");
  for (const [slug, municipality] of Object.entries(trialMunicipalities) as [Slug, string][]) {
    const story = new Story(slug, municipality, memory, await settlePeople(slug), todayInItaly(), desk);
    const introduced = await introduceWhereMissing(story, desk);
    say(introduced ? `${slug}: registro introdotto / register introduced` : `${slug}: –`);
  }
}

/** A municipality with its pages, its people and its first transactions. */
async function settle(slug: Slug, memory: Memory): Promise<Story> {
  const municipality = trialMunicipalities[slug];
  await activateMunicipalities(db, [municipality]);
  await db.municipality.update({
    where: { istatCode: municipality },
    data: { settings: { demo: true } },
  });
  const today = todayInItaly();
  // The first start founds the municipalities where it is asked to: people sign then, by the trial signer.
  const desk = process.argv.includes("--founded") ? signerDesk() : undefined;
  const story = new Story(slug, municipality, memory, await settlePeople(slug), today, desk);
  const { name } = await db.municipality.findUniqueOrThrow({ where: { istatCode: municipality } });
  const terms = {
    name,
    casaBody: slug === "torino" ? "Rete delle Case del Quartiere" : "Biblioteca comunale di Agliè",
    settings: {
      ...{ leastAge: 16, longestPactYears: 9, challengeDays: 0 },
      ...{ publishGrantsAboveCents: 100_000, cigRequired: true },
      // A trial's votes may last minutes, and its results be final the day they are attested.
      ...{ objectionDays: 0, votingDays: 0 },
    },
  };
  if (desk) await tellFounding(story, desk, terms);
  else await tellRegistration(story, terms);
  await tellCosigner(story);
  return story;
}

/** Without the trial signer nobody could sign: people act by certificates, as before there was a register. */
async function tellRegistration(story: Story, terms: Terms): Promise<void> {
  const { municipality } = story;
  await story.tell("register", (command) =>
    once(command, (tx) =>
      record(
        tx,
        story.official("administrator"),
        "municipality:register",
        { ...terms, municipality, day: story.day(-430), trial: true },
        { type: "municipality", id: municipality },
        command,
      ),
    ),
  );
}

function signerDesk(): SignerDesk | undefined {
  return env.SIGNER_SOCKET === undefined ? undefined : new SignerDesk(env.SIGNER_SOCKET);
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
