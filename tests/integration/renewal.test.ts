import { randomBytes, randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { renewablePact, renewalsOf } from "@/features/pacts/renewal-queries";
import { startRenewal } from "@/features/pacts/renewal-service";
import { addDays } from "@/protocol/days";
import { freshDatabase } from "./database";
import { actor, torino } from "./register-rows";

Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  LEDGER_CONNECTION: "no-such-connection.json",
});
const { db } = await freshDatabase();
const { pactUnderWay } = await import("@/features/pacts/queries");
const { pactsDuties } = await import("@/features/office/pacts-duties-queries");
const { moneyDuties } = await import("@/features/office/money-duties-queries");

const hash = "0".repeat(64);
const written = { municipality: torino, transactionId: hash, block: 1n };
const coordinator = actor("anna", "Case", "coordinator");
const endsOn = "2026-12-31";
const content = { objectives: "Tenere aperto.", actions: "Aprire.", roles: "Chi apre.", duties: "Pulire." };
const parties = [
  { id: "comune", organisation: "Comune", name: "Comune di Torino" },
  { id: "group", subject: "s", name: "Gruppo" },
];

/** A pact in a state, which its proposal has as its own. */
beforeEach(async () => {
  await db.$executeRaw`TRUNCATE chain.proposal, chain.pact, chain.milestone, chain.commitment, public."Pact" CASCADE`;
  const proposal = { ...written, id: "p", call: "call", commons: "c", subject: "s", representative: "carla" };
  await db.chainProposal.create({
    data: {
      ...{ ...proposal, state: "pact_ready", version: 1, digest: hash, costCents: 1n, pact: "now" },
      ...{ submittedOn: "2025-01-01", record: {} },
    },
  });
  await db.pact.create({ data: { ...words("now"), createdAt: new Date("2026-01-01") } });
  await db.chainPact.create({ data: row("now", "active") });
});

function words(id: string) {
  return {
    ...{ municipality: torino, id, slug: id, proposal: "p", commons: "c", title: "Il patto" },
    ...{ form: "ordinary", content, parties, startsOn: "2026-01-01", endsOn, createdBy: "anna" },
  };
}

function row(id: string, state: string) {
  return {
    ...{ ...written, id, proposal: "p", commons: "c", form: "ordinary", state, version: 1 },
    ...{ documentHash: hash, startsOn: "2026-01-01", endsOn, record: { parties: [], signatures: [] } },
  };
}

const setState = (state: string) =>
  db.chainPact.update({ where: { municipality_id: { municipality: torino, id: "now" } }, data: { state } });

describe("the pact that takes the place of another", () => {
  it("begins with its words and parties, is written once, and is found from either", async () => {
    expect(await renewablePact(torino, "p")).toMatchObject({ id: "now", isInForce: true });
    const id = await startRenewal(coordinator, "p", randomUUID());
    expect(await startRenewal(coordinator, "p", randomUUID())).toBe(id);
    const { draft, onChain } = await pactUnderWay(torino, "p");
    expect(draft).toMatchObject({ id, renews: "now", title: "Il patto", content, parties });
    expect(onChain).toBeNull();
    // Before it is on the ledger nobody is told of it.
    expect(await renewalsOf(torino, "now")).toEqual({});
    await db.chainPact.create({ data: { ...row(id, "draft"), renews: "now" } });
    expect((await renewalsOf(torino, "now")).later).toMatchObject({ title: "Il patto" });
    expect((await renewalsOf(torino, id)).earlier).toEqual({ slug: "now", title: "Il patto" });
  });

  it("is for a pact that is active or expired, of one's own municipality", async () => {
    for (const state of ["draft", "giunta_approved", "signed", "suspended", "terminated"]) {
      await setState(state);
      expect(await renewablePact(torino, "p"), state).toBeUndefined();
      await expect(startRenewal(coordinator, "p", randomUUID())).rejects.toMatchObject({
        code: "pact_moved_on",
      });
    }
    await setState("expired");
    expect(await renewablePact(torino, "p")).toMatchObject({ isInForce: false });
    const elsewhere = { ...coordinator, municipality: "001001" };
    await expect(startRenewal(elsewhere, "p", randomUUID())).rejects.toThrow();
  });

  it("is written once where two ask at the same moment, and where a form is posted again", async () => {
    const command = randomUUID();
    const [first, second] = await Promise.all([
      startRenewal(coordinator, "p", command),
      startRenewal(coordinator, "p", randomUUID()),
    ]);
    expect(second).toBe(first);
    expect(await db.pact.count({ where: { renews: "now" } })).toBe(1);
    // What came of the form was withdrawn meanwhile: the same form makes nothing new.
    await db.pact.deleteMany({ where: { renews: "now" } });
    expect(await startRenewal(coordinator, "p", command)).toBe(command);
    await db.chainPact.create({ data: row(command, "withdrawn") });
    expect(await startRenewal(coordinator, "p", command)).toBe(command);
    expect(await startRenewal(coordinator, "p", randomUUID())).not.toBe(command);
  });

  it("waits for the coordinators from sixty days before the end, until somebody has drafted it", async () => {
    const duties = async (day: string) =>
      (await pactsDuties(torino, day)).filter(({ transaction }) => transaction === "pacts:draft");
    expect(await duties(addDays(endsOn, -61))).toEqual([]);
    expect(await duties(addDays(endsOn, -60))).toMatchObject([
      { id: "now", dueOn: endsOn, place: { page: "coDesign", id: "p" } },
    ]);
    expect((await duties(endsOn))[0]?.audience).toContain("Case:coordinator");
    const where = { municipality_id: { municipality: torino, id: "p" } };
    await db.chainProposal.update({ where, data: { pact: "next" } });
    expect(await duties(endsOn)).toEqual([]);
  });

  it("does not wait for who has an interest in it: the ledger would refuse them", async () => {
    const subject = (id: string, record: Record<string, string[]>) => ({
      ...{ ...written, id, kind: "informal_group", representative: `of-${id}`, digest: hash },
      ...{ eligible: false, record },
    });
    await db.chainSubject.createMany({
      data: [
        subject("s", { formerRepresentatives: ["elsa"] }),
        subject("party", { interested: ["franco"] }),
        subject("other", { interested: ["gina"] }),
      ],
    });
    await db.chainAssessment.createMany({
      data: [true, false].map((conflict) => ({
        ...{ ...written, id: `p/${conflict}`, proposal: "p", commons: "c", version: 1, record: {} },
        ...{ assessor: `assessor-${conflict}`, conflict },
      })),
    });
    const record = { parties: [{ id: "two", subject: "party" }], signatures: [] };
    await db.chainPact.update({
      where: { municipality_id: { municipality: torino, id: "now" } },
      data: { record },
    });
    const where = { municipality_id: { municipality: torino, id: "p" } };
    await db.chainProposal.update({ where, data: { record: { credits: ["bruno"] } } });
    const duty = (await pactsDuties(torino, endsOn)).find(({ transaction }) => transaction === "pacts:draft");
    const expected = ["carla", "bruno", "of-s", "elsa", "of-party", "franco", "assessor-true"];
    expect([...(duty?.barred ?? [])].sort()).toEqual(expected.sort());
  });
});

describe("a verified milestone", () => {
  const objection = { id: "o", person: "dario", digest: hash, raisedOn: "2026-05-02" };

  it.each([
    ["nobody objected to", [], ["milestones:accept"]],
    ["somebody objected to", [objection], ["milestones:decideObjection"]],
  ])("that %s waits for one office alone", async (_, objections, expected) => {
    await db.chainCommitment.create({
      data: {
        ...{ ...written, id: "m", line: "l", proposal: "p", commons: "c", pact: "now", beneficiary: "s" },
        ...{ payee: "s", type: "goods", amountCents: 9n, acceptedCents: 0n, paidCents: 0n, plannedCents: 9n },
        ...{ committedOn: "2026-02-01", fictional: true, record: {} },
      },
    });
    const milestone = { state: "verified", dueOn: "2026-05-01", verifiedOn: "2026-05-02" };
    await db.chainMilestone.create({
      data: {
        ...{ ...written, ...milestone, id: "m1", commitment: "m", line: "l", commons: "c", number: 1 },
        ...{ amountCents: 9n, acceptedCents: 0n, requestedCents: 0n, digest: hash },
        record: { ...milestone, acceptableFrom: "2026-05-02", objections },
      },
    });
    const waiting = (await moneyDuties(torino, "2026-06-01")).filter(({ id }) => id === "m1");
    expect(waiting.map(({ transaction }) => transaction)).toEqual(expected);
    // Whoever objected to it does not decide.
    expect(waiting.flatMap(({ barred }) => barred)).toEqual(objections.map(({ person }) => person));
  });
});
