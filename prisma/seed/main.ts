/*
 * Tells the demonstration's stories: Torino's and a small Comune's. Every step goes through the gateway as the person
 * of the story; running it again goes on where it stopped. Says on standard output how far it is.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { activateMunicipalities, importMunicipalities } from "@/features/municipalities/service";
import { ledger } from "@/ledger/client/process";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { todayInItaly } from "@/lib/local-time";
import { tellAglie } from "@/prisma/seed/aglie";
import { tellFounding } from "@/prisma/seed/founding";
import { introduceRegister, registerState } from "@/prisma/seed/introduce";
import { settlePeople } from "@/prisma/seed/people";
import { tellResidentKeys } from "@/prisma/seed/resident-keys";
import { Memory, Story } from "@/prisma/seed/story";
import { tellTorino } from "@/prisma/seed/torino";
import { tellCosigner } from "@/prisma/seed/voting";
import { SignerDesk } from "@/services/signer/desk-client";
import { trialMunicipalities } from "./trial-people";

type Slug = keyof typeof trialMunicipalities;

const started = Date.now();

async function main(): Promise<void> {
  const desk = signerDesk();
  const memory = new Memory();
  await memory.load();
  if (process.argv.includes("--introduce-register")) return introduceRegisters(memory, desk);
  const csv = await readFile(join("prisma", "seed", "data", "municipalities.csv"), "utf8");
  const count = await importMunicipalities(db, csv);
  say(`${count} Comuni / municipalities`);
  const [torino, aglie] = await Promise.all([settle("torino", memory, desk), settle("aglie", memory, desk)]);
  await Promise.all([tellTorino(torino, say), tellAglie(aglie)]);
  say(`${Math.round((Date.now() - started) / 1000)} s`);
}

/** For a data folder of before there was a register: nothing of the story is told again. */
async function introduceRegisters(memory: Memory, desk: SignerDesk): Promise<void> {
  for (const [slug, municipality] of Object.entries(trialMunicipalities) as [Slug, string][]) {
    const story = new Story(slug, municipality, memory, await settlePeople(slug), todayInItaly(), desk);
    const isMissing = (await registerState(municipality)) === "missing";
    if (isMissing) await introduceRegister(story, desk);
    await tellResidentKeys(story, desk);
    say(isMissing ? `${slug}: registro introdotto / register introduced` : `${slug}: –`);
  }
}

/** A municipality with its pages, its people and its first transactions. */
async function settle(slug: Slug, memory: Memory, desk: SignerDesk): Promise<Story> {
  const municipality = trialMunicipalities[slug];
  await activateMunicipalities(db, [municipality]);
  await db.municipality.update({
    where: { istatCode: municipality },
    data: { settings: { demo: true } },
  });
  const today = todayInItaly();
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
      // A small Comune has one accountant.
      ...(slug === "aglie" ? { oneAccountant: true } : {}),
    },
  };
  const state = await registerState(municipality);
  if (state === "unfounded") await tellFounding(story, desk, terms);
  // An earlier version's first start may have been cut short.
  else if (state === "missing") await introduceRegister(story, desk);
  await tellResidentKeys(story, desk);
  await tellCosigner(story);
  return story;
}

/** @throws Error where there is no trial signer: nobody else could sign for the people of the story */
function signerDesk(): SignerDesk {
  if (env.SIGNER_SOCKET === undefined) throw new Error("SIGNER_SOCKET: the seed needs the trial signer");
  return new SignerDesk(env.SIGNER_SOCKET);
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
