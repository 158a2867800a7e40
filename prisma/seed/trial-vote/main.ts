/*
 * Holds a sealed round of invented people in the trial, from its announcement to its final result, by the real clock and
 * the parts that run. It may be cut short at any point: run again it goes on where it stopped. Says on standard output,
 * as lines of JSON, when the vote is open and when its result is final.
 */
import { ledger } from "@/ledger/client/process";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { todayInItaly } from "@/lib/local-time";
import { settlePeople } from "@/prisma/seed/people";
import { Memory, Story } from "@/prisma/seed/story";
import { trialMunicipalities } from "@/prisma/seed/trial-people";
import { SignerDesk } from "@/services/signer/desk-client";
import { trialVote } from "./address";
import { answered } from "./answered";
import { tellCandidates } from "./proposals";
import { tellFinalResult, tellOpening } from "./round";
import { castBallots, exampleWords } from "./voting";

const slug = trialVote.municipality;
/** Longer than anything it waits for: it ends by itself, whatever happens. */
const LIMIT_MS = (env.TRIAL_VOTE_MINUTES + 60) * 60_000;

async function main(): Promise<void> {
  if (env.SIGNER_SOCKET === undefined) throw new Error("SIGNER_SOCKET: there is no trial signer");
  const municipality = trialMunicipalities[slug];
  const memory = new Memory();
  await memory.load();
  const desk = new SignerDesk(env.SIGNER_SOCKET);
  const story = new Story(slug, municipality, memory, await settlePeople(slug), todayInItaly(), desk);
  // Nothing is opened in which nobody could vote.
  await answered(`${env.ORIGIN}/api/health`);
  const closesAt = await tellOpening(story, await tellCandidates(story));
  say({ state: "open", closesAt: closesAt.toISOString() });
  await castBallots(memory, closesAt);
  await tellFinalResult(story, closesAt);
  const words = await exampleWords(memory);
  say({ state: "final", ...(words !== undefined && { words }) });
}

function say(event: Readonly<Record<string, string>>): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

setTimeout(() => {
  console.error(`not final after ${LIMIT_MS / 60_000} minutes`);
  process.exit(1);
}, LIMIT_MS).unref();

main()
  .then(async () => {
    (await ledger()).gateway.close();
    await db.$disconnect();
  })
  .catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
