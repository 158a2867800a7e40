import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { attachmentsOf, readableFile } from "@/features/documents/queries";
import { freshDuties } from "@/features/office/duty-index-service";
import { erasePerson } from "@/features/people/erasure-service";
import { personalExport } from "@/features/people/export-queries";
import { mayAdd } from "@/features/pictures/rights-queries";
import { coAuthorsOf, invitationBehind, namedCoAuthors } from "@/features/proposals/co-author-queries";
import * as together from "@/features/proposals/co-author-service";
import { ownDraft, ownProposals } from "@/features/proposals/queries";
import {
  discardDraft,
  removeAttachment,
  restoreDraft,
  saveStep,
  submitProposal,
} from "@/features/proposals/service";
import { proposalFor } from "@/features/proposals/step-service";
import { versionsOfProposal } from "@/features/proposals/versions-queries";
import { withdrawProposal } from "@/features/proposals/withdrawal-service";
import type { RoleHeld, Viewer } from "@/lib/permissions";
import { settle, torino } from "./actions/town";
import { freshDatabase } from "./database";
import { takeOffice } from "./register-rows";

const folder = mkdtempSync(join(tmpdir(), "cocity-together-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
Object.assign(process.env, {
  COCITY_DATA: folder,
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
});
const { db } = await freshDatabase();
await settle(db);
const town = { istatCode: torino, slug: "torino" };

const [ada, bruno, carla] = ["ada", "bruno", "carla"].map((id) => ({ municipality: torino, person: id })) as [
  Who,
  Who,
  Who,
];
type Who = { municipality: string; person: string };
const viewer = ({ person }: Who, roles: RoleHeld[] = []): Viewer => ({
  ...{ id: person, name: person, language: "it", roles },
});

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE chain.call, chain.proposal, chain.subject, chain.assessment, chain.entry,
    public."Proposal", public."DraftHandover", public."Commons", public."Subject", public."Attachment",
    public."StoredFile", public."OutboxItem", public."Subscription", public."Event", public."Person" CASCADE`;
  for (const id of ["ada", "bruno", "carla"]) await db.person.create({ data: { id, displayName: id } });
  await db.chainCall.create({
    data: {
      ...{ municipality: torino, id: "call", scopes: [], digest: "0".repeat(64), opensOn: "2026-01-01" },
      ...{ closesOn: "2099-12-31", threshold: 60, requiredScores: 2, maxCostCents: 1_000_000n, lines: [] },
      ...{ transactionId: "0".repeat(64), block: 1n },
      record: { closesOn: "2026-01-31", rolling: false },
    },
  });
  await db.call.deleteMany();
  await db.call.create({
    data: {
      ...{ municipality: torino, id: "call", slug: "call", title: "Bando", summary: "", objectives: "" },
      ...{ whoMay: "", criteria: [], scopes: [], opensOn: "2026-01-01", closesOn: "2099-12-31" },
      ...{ threshold: 60, requiredScores: 2, maxCostCents: 1_000_000n, lines: [], salt: "", createdBy: "x" },
    },
  });
  const own = { municipality: torino, id: "draft", slug: "draft", call: "call", author: "ada" };
  await db.proposal.create({ data: { ...own, title: "Orti" } });
});

describe("a link to write a proposal together", () => {
  it("says who invites and to what, opens once, and tells the proponent that it was used", async () => {
    const code = await invited();
    expect(await invitationBehind(torino, code)).toEqual({ title: "Orti", proponent: "ada" });
    expect(JSON.stringify(await db.coAuthorInvitation.findFirst())).not.toContain(code);
    expect(await ownDraft(torino, "draft", viewer(bruno))).toBeNull();
    const typed = ` ${code.toLowerCase().replace(/(.{4})/g, "$1-")}`;
    expect(await together.joinByCode(viewer(bruno), torino, { code: typed, showName: true })).toBe("draft");
    expect(await ownDraft(torino, "draft", viewer(bruno))).toMatchObject({ title: "Orti", isCoAuthor: true });
    expect(await ownProposals(torino, viewer(bruno))).toMatchObject([{ id: "draft", isCoAuthor: true }]);
    expect(await db.notification.findMany({ include: { of: true } })).toMatchObject([
      { person: "ada", of: { name: "coAuthors:joined", facts: { title: "Orti" } } },
    ]);
    await expect(joining(carla, code)).rejects.toMatchObject({ code: "co_author_invitation_unknown" });
  });

  it("opens for one of two who use it at once", async () => {
    const code = await invited();
    const both = await Promise.allSettled([bruno, carla].map((who) => joining(who, code)));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await db.coAuthor.count()).toBe(1);
  });

  it("opens nothing once taken back, once over, in another municipality, or of a draft put aside", async () => {
    const refused = { code: "co_author_invitation_unknown" };
    const back = await invited();
    const id = (await db.coAuthorInvitation.findFirst())?.id ?? "";
    await expect(together.takeBackInvitation(bruno, "draft", id)).rejects.toMatchObject({
      code: "draft_not_found",
    });
    await together.takeBackInvitation(ada, "draft", id);
    await expect(joining(bruno, back)).rejects.toMatchObject(refused);
    const code = await invited();
    await expect(
      together.joinByCode(viewer(bruno), "001001", { code, showName: false }),
    ).rejects.toMatchObject(refused);
    await db.proposal.updateMany({ data: { discardedAt: new Date() } });
    await expect(joining(bruno, code)).rejects.toMatchObject(refused);
    expect(await invitationBehind(torino, code)).toBeNull();
    await db.proposal.updateMany({ data: { discardedAt: null } });
    await db.coAuthorInvitation.updateMany({ data: { expiresAt: new Date(Date.now() - 1_000) } });
    await expect(joining(bruno, code)).rejects.toMatchObject(refused);
    expect(await db.coAuthor.count()).toBe(0);
  });

  it("is not for the proponent, nor for whoever decides on proposals or has given points to this one", async () => {
    const code = await invited();
    await expect(joining(ada, code)).rejects.toMatchObject({ code: "co_author_oneself" });
    const assessor = { municipality: torino, organisation: "Comune", role: "assessor" } as const;
    await expect(
      together.joinByCode(viewer(bruno, [assessor]), torino, { code, showName: false }),
    ).rejects.toMatchObject({ code: "co_author_in_office" });
    await db.chainAssessment.create({
      data: {
        ...{ municipality: torino, id: "draft/bruno", proposal: "draft", assessor: "bruno" },
        ...{ commons: "orto", version: 1 },
        ...{ conflict: false, record: {}, transactionId: "0".repeat(64), block: 1n },
      },
    });
    await expect(joining(bruno, code)).rejects.toMatchObject({ code: "co_author_in_office" });
    // Who signed in too lightly for it holds an office all the same.
    await db.person.create({ data: { id: "dario", displayName: "Dario" } });
    await takeOffice(db, { ...assessor, person: "dario" });
    await expect(joining({ municipality: torino, person: "dario" }, code)).rejects.toMatchObject({
      code: "co_author_in_office",
    });
    await joining(carla, code);
  });

  it("is made by the proponent alone, for ten people at most, and no more once the proposal is judged", async () => {
    for (let open = 0; open < 10; open += 1) await together.inviteCoAuthor(ada, "draft");
    await expect(together.inviteCoAuthor(ada, "draft")).rejects.toMatchObject({ code: "co_authors_enough" });
    await joining(bruno, await codeOf(0));
    await expect(together.inviteCoAuthor(bruno, "draft")).rejects.toMatchObject({ code: "draft_not_found" });
    await onLedger("under_assessment");
    await expect(joining(carla, await codeOf(0))).rejects.toMatchObject({ code: "already_submitted" });
    await db.chainProposal.updateMany({ data: { state: "integration_requested" } });
    await joining(carla, await codeOf(0));
  });

  it("is not made of a draft that is written for somebody at the desk", async () => {
    await db.draftHandover.create({ data: { municipality: torino, draft: "draft", helper: "ada" } });
    await expect(together.inviteCoAuthor(ada, "draft")).rejects.toMatchObject({ code: "draft_for_somebody" });
  });
});

describe("a co-author", () => {
  beforeEach(async () => {
    await joining(bruno, await invited());
  });

  it("writes the draft with its place, and sees the files that others added and takes them out", async () => {
    const place = { existing: null, name: "Orto di via Cigna", kind: "green_area", description: "" };
    const where = { ...place, address: "via Cigna 1", lat: null, lon: null, district: 5 };
    await saveStep(ada, "draft", { step: "where", revision: 0, values: { answers: {}, place: where } });
    const moved = { ...where, name: "Orto di via Cigna 2" };
    await saveStep(bruno, "draft", { step: "where", revision: 1, values: { answers: {}, place: moved } });
    expect(await db.commons.findMany()).toMatchObject([{ name: "Orto di via Cigna 2", createdBy: "ada" }]);
    await file("of-ada", "ada");
    await file("of-bruno", "bruno");
    for (const who of [ada, bruno])
      expect(await attachmentsOf(town, { type: "proposal", id: "draft" }, viewer(who))).toHaveLength(2);
    expect(await attachmentsOf(town, { type: "proposal", id: "draft" }, viewer(carla))).toEqual([]);
    expect(await readableFile(torino, "of-ada", viewer(bruno))).toBeDefined();
    expect(await readableFile(torino, "of-ada", viewer(carla))).toBeUndefined();
    await removeAttachment(bruno, "draft", "of-ada");
    expect(await db.attachment.findMany({ select: { id: true } })).toEqual([{ id: "of-bruno" }]);
    expect(await mayAdd(torino, viewer(bruno), { type: "draft", id: "draft" })).toEqual({ commons: null });
    expect(await mayAdd(torino, viewer(carla), { type: "draft", id: "draft" })).toBeUndefined();
  });

  it("does not overwrite what the proponent has saved meanwhile", async () => {
    const save = (text: string, revision: number) =>
      ({ step: "what", revision, values: { answers: { title: text } } }) as const;
    await saveStep(ada, "draft", save("Orti", 0));
    await expect(saveStep(bruno, "draft", save("Altro", 0))).rejects.toMatchObject({
      code: "draft_changed_elsewhere",
    });
  });

  it("says nothing of who proposes, hands nothing in, puts nothing aside and withdraws nothing", async () => {
    const refused = { code: "co_author_may_not" };
    const subject = { existing: null, kind: "person", name: "Bruno", fiscalCode: null, email: null };
    await expect(
      saveStep(bruno, "draft", { step: "who", revision: 0, values: { answers: {}, subject } }),
    ).rejects.toMatchObject(refused);
    await expect(submitProposal(bruno, "draft", randomUUID())).rejects.toMatchObject(refused);
    await expect(discardDraft(bruno, "draft")).rejects.toMatchObject(refused);
    await expect(restoreDraft(bruno, "draft")).rejects.toMatchObject({ code: "draft_not_found" });
    await expect(together.removeCoAuthor(bruno, "draft", "bruno")).rejects.toMatchObject({
      code: "draft_not_found",
    });
    await onLedger("published");
    await expect(withdrawProposal(bruno, "draft", randomUUID())).rejects.toMatchObject({
      code: "proposal_not_found",
    });
    expect(await db.outboxItem.count()).toBe(0);
  });

  it("is not told the proponent's tax code and address", async () => {
    const contact = { fiscalCode: "RSSMRA85T10A562S", email: "ada@example.org", name: "Ada", kind: "person" };
    const own = { municipality: torino, id: "who", salt: "", representative: "ada" };
    await db.subject.create({ data: { ...own, ...contact } });
    await db.proposal.updateMany({ data: { subject: "who" } });
    expect((await ownDraft(torino, "draft", viewer(ada)))?.subject).toMatchObject(contact);
    expect((await ownDraft(torino, "draft", viewer(bruno)))?.subject).toMatchObject({
      ...{ name: "Ada", fiscalCode: null, email: null },
    });
  });

  it("is told with the proponent what becomes of it, and stands beside the version that was handed in", async () => {
    await complete();
    await submitProposal(ada, "draft", randomUUID());
    expect(await db.subscription.findMany({ orderBy: { person: "asc" } })).toMatchObject([
      { person: "ada", kind: "proposal", subject: "draft" },
      { person: "bruno", kind: "proposal", subject: "draft" },
    ]);
    const version = await db.proposalVersion.findFirstOrThrow();
    expect(version.coAuthors).toEqual(["bruno"]);
    // What goes to the ledger says nothing of them.
    expect(JSON.stringify(await db.outboxItem.findMany({ select: { input: true } }))).not.toContain("bruno");
    expect(JSON.stringify(version.content)).not.toContain("bruno");
    await onLedger("integration_requested", version.digest);
    await freshDuties(torino);
    const duty = await db.duty.findFirstOrThrow({ where: { transaction: "proposals:integrate" } });
    expect(duty.audience).toEqual(expect.arrayContaining(["person:ada", "person:bruno"]));
    expect((await versionsOfProposal(town, "draft"))?.versions).toMatchObject([
      { version: 1, coAuthors: { names: [], others: 1 } },
    ]);
  });

  it("is read by name only where they want it", async () => {
    expect(await namedCoAuthors(torino, "draft")).toEqual({ names: [], others: 1 });
    await together.inviteCoAuthor(ada, "draft");
    await together.joinByCode(viewer(carla), torino, { code: await codeOf(0), showName: true });
    expect(await namedCoAuthors(torino, "draft")).toEqual({ names: ["carla"], others: 1 });
  });

  it("takes no step of an office on it, if they come to hold one", async () => {
    await onLedger("under_assessment");
    const step = (who: Who) => proposalFor(db, who, "draft", "proposals:score");
    await expect(step(bruno)).rejects.toMatchObject({ code: "own_proposal" });
    await step(carla);
    await freshDuties(torino);
    const duty = await db.duty.findFirstOrThrow({ where: { transaction: "proposals:score" } });
    expect(duty.barred).toContain("bruno");
  });

  it("leaves when they want: what they added stays, and is the proponent's", async () => {
    await file("of-bruno", "bruno");
    await onLedger("published");
    await together.leaveProposal(bruno, "draft");
    expect(await ownDraft(torino, "draft", viewer(bruno))).toBeNull();
    expect(await db.attachment.findFirst()).toMatchObject({ uploadedBy: "ada" });
    expect(await db.event.findMany({ where: { name: "coAuthors:left" } })).toHaveLength(1);
    await expect(together.leaveProposal(bruno, "draft")).rejects.toMatchObject({
      code: "co_author_not_found",
    });
  });

  it("is removed by the proponent, and told so, until the proposal is published", async () => {
    await onLedger("published");
    await expect(together.removeCoAuthor(ada, "draft", "bruno")).rejects.toMatchObject({
      code: "co_author_stays",
    });
    await db.chainProposal.updateMany({ data: { state: "submitted" } });
    await together.removeCoAuthor(ada, "draft", "bruno");
    expect(await coAuthorsOf(torino, "draft", viewer(bruno))).toBeNull();
    expect(await db.notification.findMany({ where: { of: { name: "coAuthors:removed" } } })).toMatchObject([
      { person: "bruno" },
    ]);
  });

  it("takes away that they wrote it, and once erased is named nowhere", async () => {
    await complete();
    await submitProposal(ada, "draft", randomUUID());
    await db.outboxItem.updateMany({ data: { status: "committed" } });
    expect(JSON.stringify(await personalExport("bruno"))).toContain(
      '"proposalsCoAuthored":[{"proposal":"draft"',
    );
    await erasePerson("bruno");
    expect(await db.coAuthor.count()).toBe(0);
    expect((await db.proposalVersion.findFirstOrThrow()).coAuthors).toEqual([]);
    expect(await db.proposal.count()).toBe(1);
  });
});

async function invited(): Promise<string> {
  await together.inviteCoAuthor(ada, "draft");
  return codeOf(0);
}

async function codeOf(index: number): Promise<string> {
  const view = await coAuthorsOf(torino, "draft", viewer(ada));
  return view?.invitations[index]?.code ?? expect.fail();
}

function joining(who: Who, code: string): Promise<string> {
  return together.joinByCode(viewer(who), torino, { code, showName: false });
}

async function file(id: string, uploadedBy: string): Promise<void> {
  const hash = id.padEnd(64, "0").replace(/[^0-9a-f]/g, "0");
  await db.storedFile.create({ data: { municipality: torino, hash, size: 1, mediaType: "application/pdf" } });
  await db.attachment.create({
    data: {
      ...{ id, municipality: torino, hash, name: "carta.pdf", public: false, uploadedBy },
      ...{ aboutType: "proposal", aboutId: "draft" },
    },
  });
}

/** Everything that a dossier has to say. */
async function complete(): Promise<void> {
  const { questions } = await import("@/features/proposals/dossier");
  const own = { municipality: torino, salt: "0".repeat(64) };
  await db.commons.create({
    data: {
      ...own,
      id: "orto",
      slug: "orto",
      name: "Orto",
      kind: "green_area",
      district: 5,
      createdBy: "ada",
    },
  });
  await db.subject.create({
    data: { ...own, id: "who", kind: "person", name: "Ada", representative: "ada" },
  });
  await db.proposal.updateMany({
    data: {
      ...{ commons: "orto", subject: "who", costCents: 1_000n },
      dossier: Object.fromEntries(questions.map(({ id }) => [id, "Testo"])),
    },
  });
}

async function onLedger(state: string, digest = "0".repeat(64)): Promise<void> {
  const written = { transactionId: "0".repeat(64), block: 1n, municipality: torino };
  const record = { credits: [], digest, version: 1 };
  await db.chainProposal.create({
    data: {
      ...{ ...written, id: "draft", commons: "orto", representative: "ada", state, record, digest },
      ...{ call: "call", subject: "who", version: 1, costCents: 1n, submittedOn: "2026-01-02" },
      integrationDueOn: "2099-12-31",
    },
  });
  await db.chainSubject.create({
    data: {
      ...written,
      id: "who",
      kind: "person",
      representative: "ada",
      digest,
      eligible: false,
      record: {},
    },
  });
  await db.chainEntry.deleteMany();
  await db.chainEntry.create({
    data: {
      block: 1n,
      index: 0,
      position: 0,
      municipality: torino,
      type: "proposal",
      recordId: "draft",
      record,
    },
  });
}
