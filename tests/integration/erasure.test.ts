import { createHash, randomBytes, randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { castBallot, isOnRoll } from "@/features/ballots/service";
import { discussionOn } from "@/features/comments/queries";
import { erasePerson } from "@/features/people/erasure-service";
import { personalCounts, personalExport } from "@/features/people/export-queries";
import { introducePerson } from "@/features/people/service";
import { keyedHash } from "@/lib/encryption";
import { trialPeople } from "@/prisma/seed/trial-people";
import { freshDatabase } from "./database";
import { office, project, takeOffice } from "./register-rows";

Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  LEDGER_CONNECTION: "no-such-connection.json",
});
const { db } = await freshDatabase();

const municipality = "001272";
await db.municipality.create({
  data: { istatCode: municipality, slug: "torino", name: "Torino", lat: 45, lon: 7.6, active: true },
});
const [giulia, marco, amina, luca, teresa] = trialPeople as [Trial, Trial, Trial, Trial, Trial];
type Trial = (typeof trialPeople)[number];

describe("a person's data", () => {
  it("are all in the copy they take away, and nobody else's", async () => {
    const [person, other] = [await resident(giulia), await resident(marco)];
    const { draft } = await story(person);
    await story(other);
    const copy = JSON.stringify(await personalExport(person));
    for (const mine of ["Giulia Ferrero", draft, `Bozza di ${person}`, `Commento di ${person}`])
      expect(copy).toContain(mine);
    for (const theirs of ["Marco Bonino", other]) expect(copy).not.toContain(theirs);
    expect(copy).not.toMatch(/privateKey|fiscalNumberHash|salt|choices/);
    expect(await personalCounts(person)).toMatchObject({ drafts: 1, comments: 1, follows: 1, votes: 1 });
  });
});

describe("erasing a person", () => {
  it("leaves nothing that names them, and what others need stays without a name", async () => {
    const person = await resident(amina);
    const { draft, place, subject, submitted } = await story(person);
    const told = {
      id: randomUUID(),
      municipality,
      kind: "meetings",
      name: "meetings:changed",
      day: "2026-11-30",
    };
    await db.event.create({ data: { ...told, about: {}, exempt: [person, "other"] } });
    await erasePerson(person);
    expect(await db.event.findUnique({ where: { id: told.id } })).toMatchObject({ exempt: ["other"] });
    expect(await db.person.findUnique({ where: { id: person } })).toMatchObject({
      ...{ displayName: null, fiscalNumberHash: null, birthDateEncrypted: null },
      ...{ residence: null, erasedAt: expect.any(Date) },
    });
    const where = { municipality };
    expect(await db.proposal.count({ where: { ...where, id: draft } })).toBe(0);
    expect(await db.commons.count({ where: { ...where, id: place } })).toBe(0);
    expect(await db.subject.count({ where: { ...where, id: subject } })).toBe(0);
    expect(await db.attachment.count({ where: { ...where, uploadedBy: person } })).toBe(0);
    expect(await db.subscription.count({ where: { person } })).toBe(0);
    expect(await db.proposal.count({ where: { ...where, id: submitted } })).toBe(1);
    const { threads } = await discussionOn(municipality, { type: "proposal", id: submitted }, undefined);
    expect(threads[0]?.opening).toMatchObject({ author: "", erased: true, text: `Commento di ${person}` });
    // Not twice, and not as the same person again.
    await expect(erasePerson(person)).rejects.toMatchObject({ code: "not_found" });
    expect(await introducePerson(amina)).not.toBe(person);
  });

  it("takes the person from the vote but neither the vote nor its place, and gives nobody a second one", async () => {
    const person = await resident(luca);
    const { round, key } = await story(person);
    const { fiscalNumberHash } = await db.person.findUniqueOrThrow({ where: { id: person } });
    await erasePerson(person);
    expect(await db.voterKey.count({ where: { person } })).toBe(0);
    const left = await db.voterKey.findFirst({ where: { municipality, round, publicKey: key } });
    expect(left).toMatchObject({ seq: 1, slot: 1, privateKeyEncrypted: new Uint8Array() });
    expect(JSON.stringify(left)).not.toContain(person);
    // Whoever has the tables, and so the roll's hashes, cannot work the name out of them.
    for (const known of [
      `${round} ${fiscalNumberHash}`,
      `${round}${fiscalNumberHash}`,
      fiscalNumberHash ?? "",
    ])
      expect(left?.person).not.toContain(createHash("sha256").update(known).digest("hex"));
    expect(left?.person).toBe(`erased:${keyedHash("erased voter", round, fiscalNumberHash ?? "")}`);
    const again = await resident(luca);
    expect(again).not.toBe(person);
    expect(await isOnRoll({ municipality, person: again }, round)).toBe(true);
    const nobody = () => expect.fail("asked for a key");
    const desk = { registrar: nobody, castingService: nobody, cosign: nobody } as never;
    const voting = castBallot({ municipality, person: again }, round, { choices: [1] }, desk, randomUUID());
    await expect(voting).rejects.toMatchObject({ code: "voted_before_erasure" });
    expect(await db.voterKey.count({ where: { municipality, round } })).toBe(1);
  });

  it("waits for an office to end and then keeps the name beside its acts", async () => {
    const person = await resident(teresa);
    await takeOffice(db, { person, municipality, organisation: "Comune", role: "assessor" });
    await expect(erasePerson(person)).rejects.toMatchObject({ code: "erasure_office" });
    await project(db, office(person, "Comune", "assessor", { state: "ended" }));
    await erasePerson(person);
    expect(await db.person.findUnique({ where: { id: person } })).toMatchObject({
      ...{ displayName: "Teresa Actis", fiscalNumberHash: null },
    });
  });

  it("waits for what is on its way to the ledger, and changes nothing meanwhile", async () => {
    const person = await resident(teresa);
    await db.outboxItem.create({
      data: {
        ...{
          id: randomUUID(),
          municipality,
          transaction: "proposals:adhere",
          input: {},
          person,
          role: "resident",
          by: "resident",
        },
        ...{ organisation: "Case", subjectType: "adhesion", subjectId: "x", status: "queued" },
      },
    });
    await expect(erasePerson(person)).rejects.toMatchObject({ code: "erasure_pending" });
    expect(await db.person.findUnique({ where: { id: person } })).toMatchObject({ erasedAt: null });
  });

  it("keeps whom a pact or public money names, without their contacts", async () => {
    const person = await resident({ ...teresa, fiscalNumber: giulia.fiscalNumber.replace("G", "H") });
    const subject = async (kind: string, pact: string | null) => {
      const id = randomUUID();
      const proposal = { municipality, commons: id, subject: id, call: "c", state: "funded", version: 1 };
      await db.subject.create({
        data: {
          ...{ municipality, id, kind, name: `Soggetto ${id}`, representative: person, salt: "s".repeat(64) },
          ...{ email: "a@example.org", fiscalCode: "RSSMRA70A01H501S" },
        },
      });
      await db.chainSubject.create({
        data: {
          ...{
            municipality,
            id,
            kind,
            representative: person,
            digest: "d".repeat(64),
            eligible: false,
            record: {},
          },
          ...{ transactionId: "e".repeat(64), block: 1n },
        },
      });
      await db.chainProposal.create({
        data: {
          ...{
            ...proposal,
            id,
            representative: person,
            digest: "d".repeat(64),
            costCents: 1n,
            record: {},
            pact,
          },
          ...{ submittedOn: "2026-01-01", transactionId: "e".repeat(64), block: 1n },
        },
      });
      return id;
    };
    const ids = [
      await subject("person", null),
      await subject("person", "p"),
      await subject("association", null),
    ];
    await erasePerson(person);
    const rows = await db.subject.findMany({ where: { municipality, id: { in: ids } } });
    const [unnamed, party, association] = ids.map((id) => rows.find((row) => row.id === id));
    expect(unnamed).toMatchObject({ name: "", fiscalCode: null, email: null });
    expect(unnamed?.salt.trim()).toBe("");
    expect(party).toMatchObject({
      name: `Soggetto ${party?.id}`,
      fiscalCode: "RSSMRA70A01H501S",
      email: null,
    });
    expect(association).toMatchObject({ name: `Soggetto ${association?.id}`, email: null });
  });
});

async function resident(trial: Trial): Promise<string> {
  return introducePerson(trial);
}

/** A draft with a place, a file and somebody it is proposed for, a submitted proposal with a comment, and a vote. */
async function story(person: string) {
  const [draft, submitted, place, subject, round] = Array.from({ length: 5 }, () => randomUUID()) as Five;
  const hash = randomBytes(32).toString("hex");
  const common = { municipality, salt: "s".repeat(64) };
  await db.commons.create({
    data: {
      ...common,
      id: place,
      slug: place,
      name: `Luogo di ${person}`,
      kind: "square",
      createdBy: person,
    },
  });
  await db.subject.create({
    data: { ...common, id: subject, kind: "person", name: `Nome di ${person}`, representative: person },
  });
  const proposal = { municipality, call: "call", author: person };
  await db.proposal.create({
    data: { ...proposal, id: draft, slug: draft, commons: place, subject, title: `Bozza di ${person}` },
  });
  await db.proposal.create({
    data: { ...proposal, id: submitted, slug: submitted, submittedAt: new Date() },
  });
  await db.storedFile.create({ data: { municipality, hash, size: 1, mediaType: "application/pdf" } });
  for (const about of [draft, "upload"])
    await db.attachment.create({
      data: {
        ...{ id: randomUUID(), municipality, hash, name: "a.pdf", uploadedBy: person, aboutId: about },
        aboutType: about === draft ? "proposal" : "upload",
      },
    });
  await db.subscription.create({ data: { municipality, person, kind: "commons", subject: place } });
  await db.comment.create({
    data: {
      ...{ id: randomUUID(), municipality, aboutType: "proposal", aboutId: submitted, kind: "remark" },
      ...{ author: person, text: `Commento di ${person}` },
    },
  });
  const key = randomBytes(32).toString("hex");
  await openRound(round);
  const { fiscalNumberHash } = await db.person.findUniqueOrThrow({ where: { id: person } });
  await db.rollEntry.create({
    data: { ...common, round, position: 0, fiscalNumberHash: fiscalNumberHash ?? "" },
  });
  await db.voterKey.create({
    data: {
      ...{ municipality, round, person, publicKey: key, slot: 1, seq: 1 },
      privateKeyEncrypted: new Uint8Array([1]),
    },
  });
  return { draft, submitted, place, subject, round, key };
}

type Five = [string, string, string, string, string];

async function openRound(id: string): Promise<void> {
  const closesAt = new Date(Date.now() + 3_600_000);
  const record = {
    ...{ municipality, id, rollSize: 10, ballot: { type: "approval", least: 1, most: 1 } },
    projects: [{ number: 1, proposal: "p", commons: "c", costCents: 1, digest: "d".repeat(64) }],
  };
  await db.chainRound.create({
    data: {
      ...{ municipality, id, call: "call", state: "open", ballotKind: "open", budgetCents: 1n, rollSize: 10 },
      ...{ frozenDigest: "f".repeat(64), opensOn: "2026-01-01", closesAt, requiredAttestations: 2 },
      ...{ objectionDays: 0, openObjections: 0, reconstruction: false, record },
      ...{ transactionId: "e".repeat(64), block: 1n },
    },
  });
}
