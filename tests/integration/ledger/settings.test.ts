import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { person } from "@/chaincode/testing/people";
import { waitFor } from "@/ledger/client/outbox/wait";
import words from "@/messages/it.json";
import type { Actor } from "@/protocol/primitives";
import { startEmbedded } from "../../conformance/embedded";
import { formOf, request, serverActions } from "../actions/request";
import { aglie, settle } from "../actions/town";
import { found, foundTorino, origin, signActs, submitSigned, viewerOf } from "./founded";
import { chaincodeDir, startWorldOn, torino } from "./world";

const folder = mkdtempSync(join(tmpdir(), "cocity-settings-"));
process.env.COCITY_DATA = folder;
const world = await startWorldOn(() => startEmbedded({ chaincodeDir }), serverActions);
const { db } = world;
const { proposeSettings, confirmSettings } = await import("@/features/settings/actions");
const { settingsOf } = await import("@/features/settings/queries");
const { waitingFor } = await import("@/features/office/queries");

const inOffice = [
  person("administrator", "administrator", "Comune"),
  person("colleague", "administrator", "Comune"),
  person("guarantor", "guarantor", "Garanti"),
  person("house", "administrator", "Case"),
];
const here = { istatCode: torino, slug: "torino" };
const first = {
  ...{ leastAge: "16", longestPactYears: "9", votingDays: "0", objectionDays: "0", challengeDays: "0" },
  ...{ publishGrantsAboveCents: "1.000,00", cigRequired: "yes" },
};
const pdf =
  "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n";

beforeAll(async () => {
  await settle(db);
  for (const actor of inOffice) await known(actor);
  await world.startWorker();
  await foundTorino(world, inOffice);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("settings of a municipality", () => {
  it("that the Comune proposes wait for another organisation, and hold once it has confirmed them", async () => {
    await recorded("administrator", proposal({ leastAge: "18", publishGrantsAboveCents: "0" }));
    const waiting = await settingsOf(here);
    expect(waiting).toMatchObject({
      ...{ settings: { leastAge: 16, publishGrantsAboveCents: 100_000 }, since: "2026-01-01" },
      proposed: {
        ...{ settings: { leastAge: 18, publishGrantsAboveCents: 0 }, organisation: "Comune" },
        ...{ name: "administrator", on: "2026-01-01" },
        act: { number: "DC 7/2026", href: expect.stringContaining("/api/files/torino/") },
      },
    });
    expect(await waitsFor("administrator", "colleague", "guarantor", "house")).toEqual([
      "guarantor",
      "house",
    ]);

    const transactionId = waiting?.proposed?.transactionId ?? "";
    expect(await asked("colleague", confirmation(transactionId))).toMatchObject({
      code: "same_organisation",
    });
    expect(await asked("guarantor", confirmation("0".repeat(64)))).toMatchObject({ code: "settings_differ" });
    expect(await db.outboxItem.count({ where: { transaction: "municipality:confirmSettings" } })).toBe(0);
    // Whoever goes past the form is refused by the ledger.
    const past = submitSigned(world, person("colleague", "administrator", "Comune"), {
      transaction: "municipality:confirmSettings",
      input: { municipality: torino, settings: waiting?.proposed?.settings ?? expect.fail() },
      signer: { person: "colleague", organisation: "Comune", role: "administrator" },
      subject: { type: "municipality", id: torino },
    });
    await expect(past).rejects.toMatchObject({ code: "same_organisation" });
    expect((await settingsOf(here))?.settings.leastAge).toBe(16);

    await recorded("guarantor", confirmation(transactionId));
    const after = await settingsOf(here);
    expect(after).toMatchObject({ settings: { leastAge: 18 }, act: { number: "DC 7/2026" } });
    expect(after?.proposed).toBeUndefined();
    expect(await waitsFor("guarantor", "house")).toEqual([]);
    expect(await asked("house", confirmation(transactionId))).toMatchObject({ code: "settings_differ" });
  });

  it("are proposed by the Comune alone, and only where they change something", async () => {
    expect(await asked("house", proposal({ leastAge: "20" }))).toMatchObject({ code: "not_allowed" });
    expect(await asked("guarantor", proposal({ leastAge: "20" }))).toMatchObject({ code: "not_allowed" });
    const same = proposal({ leastAge: "18", publishGrantsAboveCents: "0" });
    expect(await asked("administrator", same)).toMatchObject({ code: "settings_unchanged" });
  });

  it("are taken back by proposing those in force: nobody is asked any more", async () => {
    const inForce = { leastAge: "18", publishGrantsAboveCents: "0" };
    await recorded("administrator", proposal({ ...inForce, leastAge: "21" }));
    expect(await waitsFor("guarantor")).toEqual(["guarantor"]);
    await recorded("administrator", proposal(inForce));
    expect(await settingsOf(here)).not.toHaveProperty("proposed");
    expect(await waitsFor("guarantor")).toEqual([]);
  });

  it("are told at the field what is out of their limits, or an act older than the last", async () => {
    const answer = await asked("administrator", proposal({ leastAge: "121", votingDays: "1,5" }));
    const outside = [words.errors.number_out_of_limits];
    expect(answer?.submission.error).toEqual({ leastAge: outside, votingDays: outside });
    const older = await asked("administrator", proposal({ leastAge: "30", actDate: "2025-12-31" }));
    expect(Object.keys(older?.submission.error ?? {})).toEqual(["actDate"]);
  });

  it("have floors and a ceiling outside a trial", async () => {
    const mayor = person("mayor", "administrator", "Comune", aglie);
    const house = person("aglie-house", "administrator", "Case", aglie);
    await found(world, {
      ...{ municipality: aglie, name: "Agliè", casaBody: "Rete delle Case", trial: false, day: "2026-01-01" },
      settings: {
        ...{ leastAge: 16, longestPactYears: 9, challengeDays: 5, publishGrantsAboveCents: 100_000 },
        ...{ cigRequired: true, objectionDays: 5, votingDays: 5 },
      },
      inOffice: [mayor, house],
      originOf: (part) => `https://${part.toLowerCase()}.example`,
    });
    await known(mayor);
    request.path = "/aglie";
    const within = { votingDays: "5", objectionDays: "5", challengeDays: "5" };
    const low = await asked("mayor", proposal({ ...within, objectionDays: "4" }));
    expect(low?.submission.error).toEqual({
      objectionDays: [words.errors.setting_below_floor.replace(/\{least, .*\}\}/, "5 giorni")],
    });
    const high = await asked("mayor", proposal({ ...within, publishGrantsAboveCents: "1.000,01" }));
    expect(high?.submission.error?.publishGrantsAboveCents?.[0]).toMatch(
      /^Scrivi al massimo 1\.000(,00)?\s€/,
    );
    request.path = "/torino";
  });
});

type Asked = { action: typeof proposeSettings; form: FormData };

function proposal(changes: Record<string, string>): Asked {
  const act = { actKind: "delibera", actNumber: "DC 7/2026", actDate: "2026-01-01", actBody: "Consiglio" };
  const actFile = new File([pdf], "delibera.pdf", { type: "application/pdf" });
  const form = formOf({ command: randomUUID(), ...first, ...act, ...changes, actFile });
  return { action: proposeSettings, form };
}

function confirmation(transactionId: string): Asked {
  return { action: confirmSettings, form: formOf({ command: randomUUID(), transactionId }) };
}

async function asked(name: string, { action, form }: Asked) {
  request.person = name;
  return action(undefined, form);
}

/** Asks, signs, and waits until the ledger has it. */
async function recorded(name: string, what: Asked): Promise<void> {
  const answer = await asked(name, what);
  const id = new URL(answer?.goTo ?? "", origin).searchParams.get("atti") ?? "";
  await signActs(inOffice.find((actor) => actor.person === name) ?? expect.fail(), [id]);
  await waitFor(db, id);
}

/** Those of these people for whom a confirmation waits. */
async function waitsFor(...names: string[]): Promise<string[]> {
  const found: string[] = [];
  for (const id of names) {
    const { items } = await waitingFor(
      torino,
      viewerOf(inOffice.find((actor) => actor.person === id) ?? expect.fail()),
    );
    if (items.some(({ transaction }) => transaction === "municipality:confirmSettings")) found.push(id);
  }
  return found;
}

async function known({ person: id }: Actor): Promise<void> {
  await db.person.create({ data: { id, displayName: id } });
}
