import { randomBytes, randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { erasePerson } from "@/features/people/erasure-service";
import { personalExport } from "@/features/people/export-queries";
import { adhere } from "@/features/proposals/engagement-service";
import { ownProposalsWithVolunteers, whoLooked } from "@/features/volunteers/queries";
import { agreeToContact, lookAtVolunteers, ownContact, withdrawContact } from "@/features/volunteers/service";
import type { Viewer } from "@/lib/permissions";
import { freshDatabase } from "./database";

Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  LEDGER_CONNECTION: "no-such-connection.json",
});
const { db } = await freshDatabase();

const torino = "001272";
const proposal = "proposal-1";
const contact = "ada@example.org";
const [ada, bruno, carla, dario] = ["ada", "bruno", "carla", "dario"].map((id) => viewer(id)) as [
  Viewer,
  Viewer,
  Viewer,
  Viewer,
];
const casa = (district?: number) =>
  viewer("paolo", [
    {
      ...({ municipality: torino, organisation: "Case", role: "coordinator" } as const),
      ...(district !== undefined && { district }),
    },
  ]);
const onChain = { transactionId: "0".repeat(64), block: 1n };

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE chain.proposal, chain.adhesion, chain.pact, chain.subject, public."Commons",
    public."VolunteerContact", public."VolunteerAccess"`;
  const town = { istatCode: torino, slug: "torino", name: "Torino", lat: 45, lon: 7.7, active: true };
  await db.municipality.upsert({ where: { istatCode: torino }, create: town, update: {} });
  for (const id of ["ada", "bruno", "carla", "dario", "paolo"])
    await db.person.upsert({
      where: { id },
      create: { id, displayName: id },
      update: { erasedAt: null, displayName: id },
    });
  await db.commons.create({
    data: {
      ...{ municipality: torino, id: "orto", slug: "orto", name: "Orto", kind: "garden", district: 2 },
      ...{ salt: "0".repeat(64), createdBy: "bruno" },
    },
  });
  await db.chainProposal.create({
    data: {
      ...{ municipality: torino, id: proposal, call: "call", commons: "orto", subject: "group" },
      ...{ representative: "bruno", state: "published", version: 1, digest: "0".repeat(64), costCents: 1n },
      ...{ submittedOn: "2026-11-01", record: {}, ...onChain },
    },
  });
  for (const [person, kind] of [
    ["ada", "time"],
    ["carla", "support"],
  ] as const)
    await db.chainAdhesion.create({
      data: {
        ...{ municipality: torino, id: `${proposal}/${person}`, proposal, commons: "orto", person, kind },
        ...{ withdrawn: false, record: {}, ...onChain },
      },
    });
});

describe("a volunteer", () => {
  it("is seen once they agreed, by who proposed and by the house of the district, and sees who looked", async () => {
    expect(await lookAtVolunteers(bruno, torino, proposal)).toEqual([]);
    await agree();
    expect(await ownProposalsWithVolunteers(torino, bruno)).toMatchObject([{ proposal, count: 1 }]);
    expect(await lookAtVolunteers(bruno, torino, proposal)).toMatchObject([{ name: "ada", contact }]);
    expect(await lookAtVolunteers(casa(2), torino, proposal)).toHaveLength(1);
    expect((await whoLooked(torino, ada, proposal)).map(({ name }) => name)).toEqual(["paolo", "bruno"]);
  });

  it("is seen by nobody else, and nothing is noted", async () => {
    await agree();
    const officer = viewer("dario", [
      { municipality: torino, organisation: "Comune", role: "responsible_officer" },
    ]);
    for (const who of [dario, carla, ada, officer, casa(3)])
      await expect(lookAtVolunteers(who, torino, proposal)).rejects.toMatchObject({ code: "not_found" });
    await expect(lookAtVolunteers(casa(), "001002", proposal)).rejects.toMatchObject({ code: "not_found" });
    expect(await db.volunteerAccess.count()).toBe(0);
    expect(await ownProposalsWithVolunteers(torino, dario)).toEqual([]);
  });

  it("agrees only where they offer time, and their contact does not stand in the database as it is", async () => {
    await expect(
      agreeToContact(carla, torino, { proposal, channel: "email", contact }),
    ).rejects.toMatchObject({ code: "no_time_offered" });
    await agree();
    const [row] = await db.volunteerContact.findMany();
    expect(Buffer.from(row?.sealed ?? []).includes(contact)).toBe(false);
    expect(await ownContact(ada, torino, proposal)).toEqual({ channel: "email", contact });
    expect(JSON.stringify(await personalExport("ada"))).toContain(contact);
  });

  it("is gone as soon as they take it back, no longer offer time, or are erased", async () => {
    await agree();
    // Whoever withdraws something of their own leaves what others agreed to.
    await withdrawContact(carla, torino, proposal);
    expect(await ownContact(ada, torino, proposal)).toBeDefined();
    await withdrawContact(ada, torino, proposal);
    expect(await lookAtVolunteers(bruno, torino, proposal)).toEqual([]);
    await agree();
    await db.chainAdhesion.updateMany({ where: { person: "ada" }, data: { withdrawn: true } });
    expect(await lookAtVolunteers(bruno, torino, proposal)).toEqual([]);
    expect(await ownProposalsWithVolunteers(torino, bruno)).toEqual([]);
    await erasePerson("ada");
    expect(await db.volunteerContact.count()).toBe(0);
  });

  it("is asked anew where they offer time anew", async () => {
    await agree();
    await adhere({ municipality: torino, person: "ada" }, proposal, "time", randomUUID());
    expect(await ownContact(ada, torino, proposal)).toBeUndefined();
    expect(await lookAtVolunteers(bruno, torino, proposal)).toEqual([]);
  });
});

function agree() {
  return agreeToContact(ada, torino, { proposal, channel: "email", contact });
}

function viewer(id: string, roles: Viewer["roles"] = []): Viewer {
  return { id, name: id, language: "it", roles };
}
