import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { db } from "@/lib/db";
import type { RecordOf } from "@/protocol/records";
import { shareEnvironment } from "../browser/environment";
import { sessionCookie } from "../browser/session";
import { act } from "../integration/register-rows";

const site = inject("site");
const origin = new URL((await fetch(site.origin)).url).origin;
await shareEnvironment({ ...site, origin });

/*
 * What stands on the ledger is read by the pages from its tables: the rows of a recovery, of proposed origins and of keys
 * are written there for these tests and put back afterwards.
 */
const aglie = "001001";
const where = { municipality_id: { municipality: aglie, id: aglie } };
const written = { transactionId: "a".repeat(64), block: 1n };
let before: { record: object; keys: { municipality: string; id: string; state: string }[] };

beforeAll(async () => {
  const { record } = await db.chainMunicipality.findUniqueOrThrow({ where });
  const keys = await db.chainPasskey.findMany({ where: { municipality: aglie } });
  before = { record: record as object, keys };
});

afterAll(async () => {
  await db.chainMunicipality.update({ where, data: { record: before.record } });
  for (const { municipality, id, state } of before.keys)
    await db.chainPasskey.update({ where: { municipality_id: { municipality, id } }, data: { state } });
  await db.chainRecovery.deleteMany({ where: { transactionId: written.transactionId } });
  await db.duty.deleteMany({ where: { municipality: aglie, title: "Un passo di prova" } });
  await db.$disconnect();
});

/** What a page says, without its markup. */
async function words(path: string, person?: string): Promise<string> {
  const headers: Record<string, string> = person ? { cookie: await sessionCookie(person) } : {};
  const response = await fetch(origin + path, { headers, redirect: "manual" });
  expect(response.status, path).toBe(200);
  const page = (await response.text()).replace(/<(script|style|template)\b.*?<\/\1>/gs, " ");
  return page
    .replace(/<[^>]*>/g, " ")
    .replace(/&(?:quot|#x27);/g, "'")
    .replace(/\s+/g, " ");
}

async function holder(role: string): Promise<string> {
  const held = { municipality: aglie, role, state: "held" };
  return (await db.chainOffice.findFirstOrThrow({ where: held })).person;
}

describe("the public page of who is in office", () => {
  it("names each organisation's site and every origin that waits, of this Comune alone", async () => {
    const of = { act, person: await holder("administrator") };
    const proposedOrigins = [
      { ...of, part: "Comune", organisation: "Comune", origin: "https://nuovo.comune.example" },
      { ...of, part: "Garanti", organisation: "Garanti", origin: "https://nuovo.garanti.example" },
    ] as const;
    const record = { ...before.record, proposedOrigins };
    await db.chainMunicipality.update({ where, data: { record } });
    const page = await words("/aglie/ruoli");
    const { organisations = [] } = before.record as RecordOf<"municipality">;
    for (const { origin: own } of organisations) expect(page).toContain(own);
    for (const { origin: own } of proposedOrigins) expect(page).toContain(own);
    expect(await words("/torino/ruoli")).not.toContain("nuovo.comune.example");
    expect(await words("/aglie/ufficio/impostazioni", await holder("administrator"))).toContain(
      "https://nuovo.garanti.example",
    );
  });

  it("tells everybody of a recovery, and lets somebody in office stop it", async () => {
    const id = randomUUID();
    const term = { proposedOn: "2026-03-01", completesFrom: "2026-03-08" };
    const record = {
      ...{ municipality: aglie, id, part: "Comune", state: "proposed", signedBy: ["Case", "Garanti"], act },
      ...{ ...term, offices: [], endOffices: [], passkeys: [], withdrawPasskeys: [] },
    };
    await db.chainRecovery.create({
      data: { ...written, ...term, municipality: aglie, id, part: "Comune", state: "proposed", record },
    });
    const stranger = await words("/aglie/ruoli");
    expect(stranger).toContain("8 marzo 2026");
    expect(stranger).not.toMatch(/Ferma il ripristino/);
    const officer = await holder("responsible_officer");
    const response = await fetch(`${origin}/aglie/ruoli`, {
      headers: { cookie: await sessionCookie(officer) },
    });
    expect(await response.text()).toContain(`id="stop-${id}"`);
    expect(await words("/torino/ruoli")).not.toContain("8 marzo 2026");
  });
});

describe("a step for which nobody is in office", () => {
  it("is told to everybody by its number, to the office by its name, and to whoever proposed it", async () => {
    const proposal = await db.chainProposal.findFirstOrThrow({ where: { municipality: aglie } });
    const proponent = proposal.representative;
    const officer = await holder("responsible_officer");
    // The rows of the duties are computed anew where they are not those of the last block.
    await words("/aglie/ufficio", officer);
    await db.duty.create({
      data: {
        ...{ municipality: aglie, transaction: "rounds:attest", record: randomUUID(), kind: "proposal" },
        ...{ title: "Un passo di prova", since: "2026-03-01", barred: [], commons: proposal.commons },
        place: { page: "proposal", id: proposal.id },
        audience: ["Garanti:guarantor", "Garanti:guarantor:*"],
      },
    });
    expect(await words("/aglie/mio", proponent)).not.toContain("Un passo di prova");
    const guarantors = await db.chainOffice.findMany({
      where: { municipality: aglie, role: "guarantor" },
      select: { person: true },
    });
    await db.chainPasskey.updateMany({
      where: { municipality: aglie, person: { in: guarantors.map(({ person }) => person) } },
      data: { state: "withdrawn" },
    });
    const told = await words("/aglie/mio", proponent);
    expect(told).toContain("Un passo di prova");
    expect(told).toContain("Spetta a: garante (garanti), ma oggi nessuno può esercitare questo ruolo.");
    expect(await words("/aglie/ruoli")).toContain("garante (garanti)");
    expect(await words("/aglie/ufficio", officer)).toContain("Un passo di prova");
    expect(await words("/torino/ruoli")).not.toContain("Un passo di prova");
  });
});
