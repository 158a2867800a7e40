/** Rounds of the demonstration: frozen, voted in by keys of invented voters, counted, attested, made final. */
import { createHash, createPrivateKey, sign } from "node:crypto";
import { deskOf, registerCosigner } from "@/features/ballots/desk-service";
import { countFromLedger } from "@/features/rounds/counting-service";
import { freezeRound } from "@/features/rounds/freeze-service";
import { attestRound, decideProposal, finaliseRound, recordCount } from "@/features/rounds/outcome-service";
import { closeRound, createRound, openRound, type RoundValues } from "@/features/rounds/service";
import { enqueue } from "@/ledger/client/outbox/enqueue";
import { once } from "@/ledger/client/outbox/record";
import { db } from "@/lib/db";
import type { Actor } from "@/protocol/primitives";
import { admissionBytes, openBallotBytes } from "@/protocol/signing";
import { act } from "./papers";
import { chainDay } from "./steps";
import type { Story } from "./story";

const BATCH = 200;
const BATCHES_AT_ONCE = 6;

export async function tellCosigner(story: Story): Promise<void> {
  await story.tell("cosigner", (command) => registerCosigner(story.municipality, command));
}

export async function tellOpening(
  story: Story,
  name: string,
  round: { call: string; values: RoundValues },
): Promise<string> {
  const officer = story.official("responsible_officer");
  const id = await story.memory.once(`${story.slug} round ${name}`, () =>
    createRound(officer, round.call, round.values),
  );
  await story.tell(`freeze ${name}`, (command) => freezeRound(officer, id, command));
  await story.advanceTo(round.values.opensOn);
  await story.tell(`open ${name}`, (command) => openRound(officer, id, command));
  return id;
}

/**
 * Casts one ballot a voter, each under a key of its own that nobody keeps. Keys follow from the round's name, so
 * that a seed that was cut short makes the same ones again; they belong to no person.
 */
export async function tellBallots(
  story: Story,
  name: string,
  round: string,
  ballots: readonly (readonly number[])[],
): Promise<void> {
  const { municipality } = story;
  const desk = deskOf(municipality);
  // Batches have no key in common: while one is on its way the next are.
  const starts = Array.from({ length: Math.ceil(ballots.length / BATCH) }, (_, index) => index * BATCH);
  await eachOf(starts, BATCHES_AT_ONCE, async (from) => {
    const voters = ballots.slice(from, from + BATCH).map((choices, index) => ({
      choices: [...choices],
      slot: from + index + 1,
      ...voterKey(`${municipality} ${name} ${from + index}`),
    }));
    const admissions = voters.map(({ slot, key }) => ({ slot, key }));
    await story.tell(`admit ${name} ${from}`, async (command) => {
      const cosigned = await desk.cosign(admissionBytes(municipality, round, admissions));
      await once(command, (tx) =>
        enqueue(tx, {
          id: command,
          transaction: "rounds:admit",
          input: { municipality, round, admissions, ...cosigned },
          signer: desk.registrar,
          subject: { type: "round", id: round },
        }),
      );
    });
    await story.tell(`cast ${name} ${from}`, (command) =>
      once(command, (tx) =>
        enqueue(tx, {
          id: command,
          transaction: "rounds:cast",
          input: {
            municipality,
            round,
            ballots: voters.map(({ key, privateKey, choices }) => {
              const bytes = openBallotBytes(municipality, round, key, 1, choices);
              return { key, seq: 1, choices, signature: sign(null, bytes, privateKey).toString("hex") };
            }),
          },
          signer: desk.castingService,
          subject: { type: "round", id: round },
        }),
      ),
    );
  });
}

/** Closes, counts from the ledger, attests for two organisations, and makes the result final on `finalDay`. */
export async function tellResult(
  story: Story,
  name: string,
  round: string,
  days: { close: string; final: string },
): Promise<void> {
  const officer = story.official("responsible_officer");
  await story.advanceTo(days.close);
  await story.tell(`close ${name}`, (command) => closeRound(officer, round, command));
  await story.tell(`count ${name}`, async (command) => {
    const { outcome } = await countFromLedger(story.municipality, round);
    await recordCount(officer, round, outcome, command);
  });
  for (const role of ["responsible_officer", "guarantor"] as const)
    await story.tell(`attest ${name} ${role}`, async (command) => {
      const { outcome } = await countFromLedger(story.municipality, round);
      await attestRound(story.official(role, 0), round, outcome.digest, command);
    });
  await story.advanceTo(days.final);
  await story.tell(`final ${name}`, async (command) => {
    const given = await decision(story, command, officer, { type: "round", id: round });
    await finaliseRound(officer, round, given, command);
  });
}

/** Each project's decision by the Giunta, as the result prepared it. */
export async function tellFunding(
  story: Story,
  name: string,
  round: string,
): Promise<{ funded: string[]; reserve: string[] }> {
  const giunta = story.official("giunta");
  const { municipality } = story;
  const row = await db.chainRound.findUniqueOrThrow({
    where: { municipality_id: { municipality, id: round } },
  });
  const { projects, outcome } = row.record as unknown as {
    projects: { number: number; proposal: string }[];
    outcome: { selected: number[] };
  };
  const funded: string[] = [];
  const reserve: string[] = [];
  for (const { number, proposal } of projects) {
    const isFunded = outcome.selected.includes(number);
    (isFunded ? funded : reserve).push(proposal);
    await story.tell(`fund ${name} ${number}`, async (command) => {
      const given = await decision(story, command, giunta, { type: "proposal", id: proposal });
      await decideProposal(giunta, round, { proposal, funded: isFunded, act: given }, command);
    });
  }
  return { funded, reserve };
}

async function decision(story: Story, command: string, actor: Actor, about: { type: string; id: string }) {
  const date = (await chainDay(story)) ?? story.today;
  const given = {
    kind: "delibera" as const,
    number: `DG ${command.slice(0, 4)}`,
    date,
    body: "Giunta comunale",
  };
  return (await act(actor, given, about)).act;
}

/** Does the same for each, so many at once. */
async function eachOf<T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  const left = all.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const one of left) await work(one);
    }),
  );
}

/** An Ed25519 key whose seed is the SHA-256 of a text (PKCS #8 as RFC 8410 writes it). */
function voterKey(text: string) {
  const seed = createHash("sha256").update(`demo ballot key ${text}`).digest();
  const prefix = Buffer.from("302e020100300506032b657004220420", "hex");
  const privateKey = createPrivateKey({ key: Buffer.concat([prefix, seed]), format: "der", type: "pkcs8" });
  const jwk = privateKey.export({ format: "jwk" });
  return { privateKey, key: Buffer.from(jwk.x ?? "", "base64url").toString("hex") };
}
