import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { helpWith } from "@/features/proposals/handover-queries";
import {
  claimDraft,
  forgetUnclaimed,
  handoverCode,
  makeHandoverCode,
  startForSomebody,
} from "@/features/proposals/handover-service";
import { UNCLAIMED_DAYS } from "@/features/proposals/rules";
import { discardDraft, submitProposal } from "@/features/proposals/service";
import type { Database } from "@/lib/db";
import { freshDatabase } from "./database";

const folder = mkdtempSync(join(tmpdir(), "cocity-handover-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
Object.assign(process.env, {
  COCITY_DATA: folder,
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
});
const { db } = await freshDatabase();

/** What somebody else has done by the time it is asked whether a draft was taken. */
let meanwhile: ((tx: Database) => Promise<unknown>) | undefined;
vi.mock("@/features/proposals/handover-queries", async (original) => {
  const real = await original<typeof import("@/features/proposals/handover-queries")>();
  return {
    ...real,
    requireTaken: async (tx: Database, municipality: string, draft: string) => {
      await meanwhile?.(tx);
      await real.requireTaken(tx, municipality, draft);
    },
  };
});

const torino = "001272";
const helper = { municipality: torino, person: "paolo" };
const resident = { municipality: torino, person: "ada" };
const other = { municipality: torino, person: "bruno" };

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE chain.call, chain.subject, public."Proposal", public."DraftHandover",
    public."Commons", public."Subject", public."Attachment", public."StoredFile" CASCADE`;
  for (const id of ["paolo", "ada", "bruno"])
    await db.person.upsert({ where: { id }, create: { id, displayName: id }, update: {} });
  await db.chainCall.create({
    data: {
      ...{ municipality: torino, id: "call", scopes: [], digest: "0".repeat(64), opensOn: "2026-01-01" },
      ...{ closesOn: "2099-12-31", threshold: 60, requiredScores: 2, maxCostCents: 1n, lines: [] },
      ...{ record: {}, transactionId: "0".repeat(64), block: 1n },
    },
  });
});

describe("a draft written at the desk", () => {
  it("becomes the person's by its code, with its place and who proposes, and says who helped", async () => {
    const draft = await startForSomebody(helper, "call");
    await withPlaceAndSubject(draft);
    await makeHandoverCode(helper, draft);
    const code = (await handoverCode(helper, draft))?.code ?? expect.fail();
    expect(await claimDraft(resident, ` ${code.toLowerCase().replace(/(.{4})/g, "$1-")} `)).toBe(draft);
    expect(await db.proposal.findFirst()).toMatchObject({ author: "ada", submittedAt: null });
    expect(await db.commons.findFirst()).toMatchObject({ createdBy: "ada" });
    expect(await db.subject.findFirst()).toMatchObject({ representative: "ada" });
    expect(await helpWith(torino, draft)).toEqual({ helper: "paolo", name: "paolo", taken: true });
    await expect(discardDraft(helper, draft)).rejects.toMatchObject({ code: "draft_not_found" });
  });

  it("is handed in by nobody before it was taken, and not by its helper after", async () => {
    const draft = await startForSomebody(helper, "call");
    const submit = (who: typeof helper) => submitProposal(who, draft, randomUUID());
    await expect(submit(helper)).rejects.toMatchObject({ code: "draft_for_somebody" });
    await take(draft);
    await expect(submit(helper)).rejects.toMatchObject({ code: "draft_not_found" });
    await expect(submit(resident)).rejects.toMatchObject({ code: "dossier_incomplete" });
  });

  it("is not handed in by its helper where it is taken at that moment", async () => {
    const draft = await startForSomebody(helper, "call");
    meanwhile = async (tx) => {
      await tx.draftHandover.updateMany({ data: { claimedBy: "ada" } });
      await tx.proposal.updateMany({ data: { author: "ada" } });
    };
    await expect(submitProposal(helper, draft, randomUUID())).rejects.toMatchObject({
      code: "draft_not_found",
    });
    meanwhile = undefined;
  });

  it("is taken once, by one person, who is not its helper", async () => {
    const draft = await startForSomebody(helper, "call");
    await makeHandoverCode(helper, draft);
    for (const who of [resident, other]) expect(await handoverCode(who, draft)).toBeUndefined();
    const code = (await handoverCode(helper, draft))?.code ?? "";
    await expect(claimDraft(helper, code)).rejects.toMatchObject({ code: "handover_to_oneself" });
    const both = await Promise.allSettled([resident, other].map((who) => claimDraft(who, code)));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expect(claimDraft(other, code)).rejects.toMatchObject({ code: "handover_code_unknown" });
    expect(await handoverCode(helper, draft)).toBeUndefined();
  });

  it("opens by no old code, no code that is over, none of another municipality, and not once put aside", async () => {
    const draft = await startForSomebody(helper, "call");
    const codes: string[] = [];
    for (let made = 0; made < 2; made += 1) {
      await makeHandoverCode(helper, draft);
      codes.push((await handoverCode(helper, draft))?.code ?? "");
    }
    const refused = { code: "handover_code_unknown" };
    await expect(claimDraft(resident, codes[0] ?? "")).rejects.toMatchObject(refused);
    await expect(claimDraft({ ...resident, municipality: "001002" }, codes[1] ?? "")).rejects.toMatchObject(
      refused,
    );
    await discardDraft(helper, draft);
    await expect(claimDraft(resident, codes[1] ?? "")).rejects.toMatchObject(refused);
    await db.proposal.updateMany({ data: { discardedAt: null } });
    await db.draftHandover.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } });
    await expect(claimDraft(resident, codes[1] ?? "")).rejects.toMatchObject(refused);
    expect(await db.proposal.findFirst()).toMatchObject({ author: "paolo" });
  });

  it("does not pass on whom its helper represents elsewhere, and its code stands nowhere as it is", async () => {
    const draft = await startForSomebody(helper, "call");
    await withPlaceAndSubject(draft);
    await startForSomebody(helper, "call", "elsewhere");
    await db.proposal.updateMany({ where: { id: "elsewhere" }, data: { subject: "group" } });
    await makeHandoverCode(helper, draft);
    const code = (await handoverCode(helper, draft))?.code ?? "";
    const row = await db.draftHandover.findFirst({ where: { draft } });
    expect(JSON.stringify(row)).not.toContain(code);
    expect(Buffer.from(row?.sealedCode ?? []).includes(code)).toBe(false);
    await claimDraft(resident, code);
    expect(await db.subject.findFirst()).toMatchObject({ representative: "paolo" });
    expect(await db.proposal.findFirst({ where: { id: draft } })).toMatchObject({ subject: null });
  });

  it("is one of twenty at most that a helper has open, and those of others are nobody's to hand over", async () => {
    for (let open = 0; open < 20; open += 1) await startForSomebody(helper, "call");
    await expect(startForSomebody(helper, "call")).rejects.toMatchObject({ code: "too_many_for_others" });
    const draft = (await db.draftHandover.findFirst())?.draft ?? "";
    await expect(makeHandoverCode(other, draft)).rejects.toMatchObject({ code: "draft_not_found" });
    expect(await handoverCode(other, draft)).toBeUndefined();
    await discardDraft(helper, draft);
    await startForSomebody(helper, "call");
  });
});

describe("a draft of the desk that nobody takes", () => {
  const days = (count: number) => new Date(Date.now() - count * 86_400_000);
  const age = async (draft: string, count: number) => {
    await db.draftHandover.updateMany({ where: { draft }, data: { createdAt: days(count) } });
    await db.proposal.updateMany({ where: { id: draft }, data: { updatedAt: days(count) } });
  };

  it("is erased with its place, who proposes and its files once it is old", async () => {
    const draft = await startForSomebody(helper, "call");
    await withPlaceAndSubject(draft);
    const file = { municipality: torino, hash: "b".repeat(64), size: 1, mediaType: "application/pdf" };
    await db.storedFile.create({ data: file });
    await db.attachment.create({
      data: {
        ...{ id: randomUUID(), municipality: torino, hash: file.hash, name: "carta.pdf", public: false },
        ...{ aboutType: "proposal", aboutId: draft, uploadedBy: "paolo" },
      },
    });
    await age(draft, UNCLAIMED_DAYS - 1);
    await forgetUnclaimed();
    expect(await db.proposal.count()).toBe(1);
    await age(draft, UNCLAIMED_DAYS + 1);
    await forgetUnclaimed();
    const tables = [db.proposal, db.draftHandover, db.commons, db.subject, db.attachment, db.storedFile];
    expect(await Promise.all(tables.map((table) => (table as typeof db.proposal).count()))).toEqual(
      tables.map(() => 0),
    );
  });

  it("stays while somebody changes it, while its code opens it, and once it was taken", async () => {
    const changed = await startForSomebody(helper, "call");
    await age(changed, UNCLAIMED_DAYS + 1);
    await db.proposal.updateMany({ where: { id: changed }, data: { updatedAt: days(1) } });
    const withCode = await startForSomebody(helper, "call");
    await makeHandoverCode(helper, withCode);
    await age(withCode, UNCLAIMED_DAYS + 1);
    const taken = await startForSomebody(helper, "call");
    await take(taken);
    await age(taken, UNCLAIMED_DAYS + 1);
    await forgetUnclaimed();
    const left = await db.proposal.findMany({ select: { id: true } });
    expect(left.map(({ id }) => id).sort()).toEqual([changed, withCode, taken].sort());
  });

  it("goes without what belongs to others: a place that is public, and whom the helper represents elsewhere", async () => {
    const draft = await startForSomebody(helper, "call");
    await withPlaceAndSubject(draft);
    await startForSomebody(helper, "call", "elsewhere");
    await db.proposal.updateMany({ where: { id: "elsewhere" }, data: { subject: "group" } });
    await db.commons.updateMany({ data: { publishedAt: days(1) } });
    await age(draft, UNCLAIMED_DAYS + 1);
    await forgetUnclaimed();
    expect(await db.proposal.findMany({ select: { id: true } })).toEqual([{ id: "elsewhere" }]);
    expect([await db.commons.count(), await db.subject.count()]).toEqual([1, 1]);
  });
});

async function take(draft: string): Promise<void> {
  await makeHandoverCode(helper, draft);
  await claimDraft(resident, (await handoverCode(helper, draft))?.code ?? "");
}

async function withPlaceAndSubject(draft: string): Promise<void> {
  const salt = "0".repeat(64);
  await db.commons.create({
    data: {
      municipality: torino,
      id: "orto",
      slug: "orto",
      name: "Orto",
      kind: "garden",
      salt,
      createdBy: "paolo",
    },
  });
  await db.subject.create({
    data: { municipality: torino, id: "group", kind: "person", name: "Ada", representative: "paolo", salt },
  });
  await db.proposal.updateMany({ where: { id: draft }, data: { commons: "orto", subject: "group" } });
}
