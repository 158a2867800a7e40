/** A sealed round of the demonstration: announced, its keys gathered from the parts that run, frozen and opened. */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freezeRound } from "@/features/rounds/freeze-service";
import { createRound, openRound, type RoundValues } from "@/features/rounds/service";
import { missingOf } from "@/features/sealed-voting/ceremony";
import { issuerKeysOf, sealingOf } from "@/features/sealed-voting/queries";
import { announceSealed, offerTrusteeKey, type SealingTerms } from "@/features/sealed-voting/service";
import { env } from "@/lib/env";
import { nodePrimitives } from "@/voting/sealed/node";
import type { Story } from "./story";

type Round = { id: string; values: RoundValues };

/** In a trial few vote: with groups of two a ballot is recorded while its voter still looks. */
const usualTerms: SealingTerms = { groupSize: 2, graceMinutes: 10, publishDays: 7, noticeHours: 0 };

export const trustees = [
  { organisation: "Comune", role: "responsible_officer" },
  { organisation: "Case", role: "coordinator" },
  { organisation: "Garanti", role: "guarantor" },
] as const;

export async function tellAnnouncement(
  story: Story,
  name: string,
  { call, values, id: chosen }: { call: string; values: RoundValues; id?: string },
  terms = usualTerms,
): Promise<Round> {
  const officer = story.official("responsible_officer");
  const id = await story.memory.once(`${story.slug} round ${name}`, () =>
    createRound(officer, call, values, chosen),
  );
  await story.tell(`announce ${name}`, (command) => announceSealed(officer, id, terms, command));
  const secrets = await trusteeSecrets(id);
  for (const { organisation, role } of trustees) {
    const key = await nodePrimitives.x25519PublicKey(Buffer.from(secrets[organisation], "hex"));
    await story.tell(`trustee ${name} ${organisation}`, (command) =>
      offerTrusteeKey(story.official(role), id, Buffer.from(key).toString("hex"), command),
    );
  }
  return { id, values };
}

export async function tellSealedOpening(story: Story, name: string, { id, values }: Round): Promise<void> {
  const officer = story.official("responsible_officer");
  await untilGathered(story.municipality, id);
  await story.tell(`freeze ${name}`, (command) => freezeRound(officer, id, command));
  await story.advanceTo(values.opensOn);
  await story.tell(`open ${name}`, (command) => openRound(officer, id, command));
}

type Secrets = Record<(typeof trustees)[number]["organisation"], string>;

/**
 * The trial's trustees have no computer off the network: their secret keys lie in a file of the data folder, from which
 * whoever plays them releases the keys after the closing.
 */
export async function trusteeSecrets(round: string): Promise<Secrets> {
  const folder = join(env.COCITY_DATA, "sealed", "trial-trustees");
  const file = join(folder, `${round}.json`);
  const known = await readFile(file, "utf8").catch(() => undefined);
  if (known !== undefined) return JSON.parse(known) as Secrets;
  const drawn = trustees.map(({ organisation }) => [organisation, randomBytes(32).toString("hex")]);
  const secrets = Object.fromEntries(drawn) as Secrets;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
  return secrets;
}

const PATIENCE_MS = 180_000;

/** Issuers and services look every few seconds whether something is asked of them. */
export async function untilGathered(municipality: string, id: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const [sealing, keys] = await Promise.all([sealingOf(municipality, id), issuerKeysOf(municipality, id)]);
    const missing = sealing ? missingOf(sealing, keys) : undefined;
    if (missing?.length === 0) return;
    if (Date.now() > deadline)
      throw new Error(`round ${id} still lacks ${missing?.map(({ what }) => what).join(", ")}`);
    await sleep(200);
  }
}
