/** The sealed vote that a trial holds by itself, beside everything else, after its first start. */
import { join } from "node:path";
import { z } from "zod";
import { env, variableNames } from "@/lib/env";
import { trialVote } from "@/prisma/seed/trial-vote/address";
import { type FolderDescription, readDescription, writeDescription } from "./data-folder";
import { environmentOf } from "./environment";
import { runToItsEnd } from "./seed";
import { words } from "./words";

/** Starts that may fail before it is given up. */
export const MOST_FAILURES = 3;

const eventSchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("open"), closesAt: z.iso.datetime() }),
  z.object({ state: z.literal("final"), words: z.string().optional() }),
]);
const pages = words.vote.pages(env.ORIGIN, trialVote);
type Vote = FolderDescription["trialVote"];

/**
 * What a start says of it; nothing where the folder's trial has none.
 * @param hasLedger whether the folder holds the ledger as well
 */
export function voteLines(vote: Vote, folder: string, hasLedger: boolean): string[] {
  if (vote?.state === "final") return finalLines(vote, folder, hasLedger);
  if (vote === undefined || env.TRIAL_VOTE_MINUTES === 0) return [];
  if (vote.failures >= MOST_FAILURES) return [words.vote.givenUp(logOf(folder))];
  return [words.vote.toCome(Math.ceil(env.TRIAL_VOTE_MINUTES + 3), pages.result)];
}

/**
 * Holds the vote, or goes on with it. Whatever becomes of it, the rest of the trial is as it would be without.
 * @param environment of the application
 * @param hasLedger whether the folder holds the ledger as well
 */
export async function holdVote(
  folder: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
  hasLedger: boolean,
): Promise<void> {
  const description = await readDescription(folder);
  const { trialVote: vote } = description;
  if (vote?.state !== "waits" || vote.failures >= MOST_FAILURES || env.TRIAL_VOTE_MINUTES === 0) return;
  let final: Extract<Vote, { state: "final" }> | undefined;
  const run = {
    environment: environmentOf("trial-vote", environment, variableNames),
    ...{ logFile: logOf(folder), signal },
  };
  const { code } = await runToItsEnd("prisma/seed/trial-vote/main.ts", run, (line) => {
    const event = eventOf(line);
    if (event?.state === "open" && new Date(event.closesAt) > new Date())
      console.log(words.vote.open(pages.round, timeOf(event.closesAt)));
    if (event?.state === "final") final = event;
  });
  // Whoever stops everything does not make it fail: the next start goes on.
  if (signal.aborted) return;
  const now = code === 0 && final ? final : { ...vote, failures: vote.failures + 1 };
  await writeDescription(folder, { ...description, trialVote: now });
  if (now.state === "final") return console.log(finalLines(now, folder, hasLedger).join("\n"));
  const { failures } = now;
  console.error(
    failures < MOST_FAILURES ? words.vote.failed(logOf(folder)) : words.vote.givenUp(logOf(folder)),
  );
}

function finalLines(
  { words: example }: Extract<Vote, { state: "final" }>,
  folder: string,
  hasLedger: boolean,
): string[] {
  const { municipality, id } = trialVote;
  const verify = hasLedger
    ? words.vote.verify(`npm run --silent verify -- --round ${id} --ledger ${join(folder, "ledger")}`)
    : words.vote.bundle(`${env.ORIGIN}/api/sealed/${municipality}/${id}/bundle`);
  const check = example === undefined ? [] : [words.vote.check(pages.check, example)];
  return [words.vote.final(pages.result), verify, ...check];
}

function eventOf(line: string) {
  try {
    return eventSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

function timeOf(instant: string): string {
  return new Date(instant).toLocaleTimeString("it-IT", { timeStyle: "short", timeZone: "Europe/Rome" });
}

function logOf(folder: string): string {
  return join(folder, "logs", "trial-vote.log");
}
