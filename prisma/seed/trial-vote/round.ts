/** A sealed round from its announcement to its final result, each step by whoever takes it in a Comune. */
import { setTimeout as sleep } from "node:timers/promises";
import { countFromLedger } from "@/features/rounds/counting-service";
import { freezeRound } from "@/features/rounds/freeze-service";
import { attestRound, finaliseRound, recordCount } from "@/features/rounds/outcome-service";
import {
  changeRound,
  closeRound,
  noMoreLimits,
  openRound,
  type RoundValues,
} from "@/features/rounds/service";
import { roundRecordOf, sealingOf } from "@/features/sealed-voting/queries";
import { releaseTrusteeKey } from "@/features/sealed-voting/service";
import { db } from "@/lib/db";
import { fiscalNumberHash } from "@/lib/encryption";
import { env } from "@/lib/env";
import { todayInItaly } from "@/lib/local-time";
import { parseRule } from "@/voting/allocation/rule-spec";
import { act } from "../papers";
import { putOnRoll } from "../people";
import { tellAnnouncement, trusteeSecrets, trustees, untilGathered } from "../sealed";
import { chainDay } from "../steps";
import type { Story } from "../story";
import { trialVoters, votingAreas } from "../trial-voters";
import { trialVote } from "./address";
import { isTaken, type RoundStep } from "./progress";

const NAME = "voto di prova";
/** Two of three release their keys: the third could not be found, and need not be. */
const releasing = ["Comune", "Garanti"] as const;
const GRACE_MINUTES = 1;
const PUBLICATION_MS = 600_000;

const { id } = trialVote;

/**
 * Takes a step unless somebody has: whoever plays an office in the trial may. One that came to nothing before, or was
 * not signed, is taken anew.
 */
async function tell(
  story: Story,
  step: RoundStep,
  label: string,
  work: (command: string) => Promise<unknown>,
): Promise<void> {
  const forget = () =>
    db.outboxItem.deleteMany({
      where: { id: story.command(`${label} ${NAME}`), status: { in: ["failed", "to_sign"] } },
    });
  await forget();
  if (await isDone(story, step)) return;
  try {
    await story.tell(`${label} ${NAME}`, work);
  } catch (error) {
    // Somebody else may have been faster.
    if (!(await isDone(story, step))) throw error;
    await forget();
  }
}

async function isDone({ municipality }: Story, step: RoundStep): Promise<boolean> {
  const [round, sealing] = await Promise.all([roundRecordOf(municipality, id), sealingOf(municipality, id)]);
  return isTaken(step, { round, sealing });
}

/** Announces the round, gathers its keys, freezes and opens it. @returns when it closes */
export async function tellOpening(
  story: Story,
  { call, proposals }: { call: string; proposals: string[] },
): Promise<Date> {
  const { municipality } = story;
  const officer = story.official("responsible_officer");
  if (!(await isDone(story, { name: "freeze" }))) {
    const areas = new Map(
      trialVoters.map(({ fiscalNumber, area }) => [fiscalNumberHash(fiscalNumber), area]),
    );
    for (const hash of areas.keys()) await putOnRoll(municipality, hash);
    // Of the others on the roll nothing is known: each area has some of them.
    const areaOf = (hash: string) =>
      areas.get(hash) ?? votingAreas[Number.parseInt(hash.slice(0, 4), 16) % votingAreas.length] ?? "paese";
    const terms = { groupSize: 5, graceMinutes: GRACE_MINUTES, publishDays: 7, noticeHours: 0, areaOf };
    await tellAnnouncement(story, NAME, { call, id, values: valuesOf(proposals) }, terms);
    await untilGathered(municipality, id);
    await changeRound(officer, id, valuesOf(proposals));
    await tell(story, { name: "freeze" }, "freeze", (command) => freezeRound(officer, id, command));
  }
  await tell(story, { name: "open" }, "open", (command) => openRound(officer, id, command));
  return (await db.round.findUniqueOrThrow({ where: { municipality_id: { municipality, id } } })).closesAt;
}

/** Closes it once nothing can be recorded any more, and goes on to the result that two organisations attest. */
export async function tellFinalResult(story: Story, closesAt: Date): Promise<void> {
  const { municipality } = story;
  const officer = story.official("responsible_officer");
  const ended = closesAt.getTime() + GRACE_MINUTES * 60_000 + 2_000;
  await sleep(Math.max(0, ended - Date.now()));
  await tell(story, { name: "close" }, "close", (command) => closeRound(officer, id, command));
  await untilPublished(municipality);
  const secrets = await trusteeSecrets(id);
  for (const { organisation, role } of trustees)
    if (releasing.some((name) => name === organisation))
      await tell(story, { name: "release", organisation }, `release ${organisation}`, (command) =>
        releaseTrusteeKey(story.official(role), id, secrets[organisation], command),
      );
  await tell(story, { name: "count" }, "count", async (command) => {
    const { outcome } = await countFromLedger(municipality, id);
    await recordCount(officer, id, outcome, command);
  });
  for (const role of ["responsible_officer", "guarantor"] as const) {
    const actor = story.official(role);
    const { organisation } = actor;
    await tell(story, { name: "attest", organisation }, `attest ${role}`, async (command) => {
      const { outcome } = await countFromLedger(municipality, id);
      await attestRound(actor, id, outcome.digest, command);
    });
  }
  await tell(story, { name: "final" }, "final", async (command) => {
    const date = (await chainDay(story)) ?? story.today;
    const given = { kind: "delibera" as const, number: "DG 99", date, body: "Giunta comunale" };
    const { act: delibera } = await act(officer, given, { type: "round", id });
    await finaliseRound(officer, id, delibera, command);
  });
}

/** As they are frozen: before that a vote that was cut short gets a later closing. */
function valuesOf(proposals: string[]): RoundValues {
  return {
    title: trialVote.title,
    summary:
      "Tre proposte, 6.000 euro: approvane fino a due. La prova tiene questo voto da sé al primo avvio, dall’annuncio all’esito: le elettrici e gli elettori sono inventati, come le tre zone in cui sono divisi. Il voto resta aperto pochi minuti e l’esito è definitivo lo stesso giorno: sono termini che solo una prova può avere. (Votazione inventata.)",
    ...{ ballotType: "approval", least: 1, most: 2, budgetCents: 600_000n },
    ...noMoreLimits,
    rule: parseRule({ rule: "greedy" }),
    proposals,
    opensOn: todayInItaly(),
    closesAt: new Date(Math.ceil(Date.now() / 1000 + env.TRIAL_VOTE_MINUTES * 60) * 1000),
    ...{ requiredAttestations: 2, objectionDays: 0 },
  };
}

/** Relay, opener and copy-keeper list and publish by themselves. */
async function untilPublished(municipality: string): Promise<void> {
  for (const end = Date.now() + PUBLICATION_MS; ; await sleep(1_000)) {
    const state = (await sealingOf(municipality, id))?.state;
    if (state === "published" || state === "released") return;
    if (Date.now() > end) throw new Error(`the sealed ballots of round ${id} are not published`);
  }
}
