import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { trialPeople } from "@/prisma/seed/trial-people";
import { formOf, request, serverActions } from "./request";
import { aglie, proposalOnLedger, settle, torino } from "./town";

const { db } = await serverActions();
const { attach, detach, discardUpload } = await import("@/features/documents/service");
const { introducePerson } = await import("@/features/people/service");
const drafts = await import("@/features/proposals/actions");
const comments = await import("@/features/comments/actions");
const { enqueue } = await import("@/ledger/client/outbox/enqueue");

const [giulia, marco] = trialPeople;
if (!giulia || !marco) throw new Error("there are no trial people");
let owner: string;
let stranger: string;

type Answer = { code?: string; done?: string } | undefined;

beforeAll(async () => {
  await settle(db);
  owner = await introducePerson(giulia);
  stranger = await introducePerson(marco);
  await proposalOnLedger(db, { id: "published", state: "published", representative: owner });
});

beforeEach(async () => {
  await db.rateCount.deleteMany();
  await db.outboxItem.deleteMany();
  await db.comment.deleteMany();
  await db.attachment.deleteMany();
  await db.proposal.deleteMany({ where: { id: { not: "published" } } });
  await db.subject.deleteMany();
  const row = { municipality: torino, call: "call-1" };
  await db.proposal.create({ data: { ...row, id: "draft", slug: "draft", author: owner } });
  await db.proposal.create({ data: { ...row, id: "strangers", slug: "strangers", author: stranger } });
  await db.subject.create({
    data: {
      municipality: torino,
      id: "subject",
      kind: "person",
      name: "Giulia",
      representative: owner,
      salt: "",
    },
  });
  const about = { municipality: torino, aboutType: "proposal", aboutId: "published", author: owner };
  await db.comment.create({ data: { ...about, id: "comment", kind: "remark", text: "Una panchina." } });
});

describe("what is one person's", () => {
  const command = () => randomUUID();
  const cases: [string, string, () => Promise<Answer>][] = [
    [
      "saving a draft",
      "draft_not_found",
      () => drafts.autosaveStep(undefined, formOf({ draft: "draft", step: "what", revision: "0" })),
    ],
    [
      "discarding a draft",
      "draft_not_found",
      () => drafts.discardDraft(undefined, formOf({ draft: "draft" })),
    ],
    [
      "restoring a draft",
      "draft_not_found",
      () => drafts.restoreDraft(undefined, formOf({ draft: "draft" })),
    ],
    [
      "taking a file out of a draft",
      "draft_not_found",
      () => drafts.removeAttachment(undefined, formOf({ draft: "draft", attachment: "file" })),
    ],
    [
      "withdrawing a proposal",
      "proposal_not_found",
      () =>
        drafts.withdrawProposal(
          undefined,
          formOf({ draft: "published", command: command(), confirmed: "on" }),
        ),
    ],
    [
      "withdrawing a comment",
      "comment_not_found",
      () => comments.withdrawComment(undefined, formOf({ comment: "comment" })),
    ],
    [
      "restoring a comment",
      "comment_not_found",
      () => comments.restoreComment(undefined, formOf({ comment: "comment" })),
    ],
  ];

  it.each(cases)("%s is theirs alone", async (_, code, ask) => {
    request.person = stranger;
    const before = await everything();
    expect(await ask()).toMatchObject({ code });
    expect(await everything()).toEqual(before);
    request.person = owner;
    expect(await ask()).toMatchObject({ done: expect.any(String) });
  });

  it("submitting a draft is theirs alone: they are told what is missing, others that it is not there", async () => {
    const ask = () =>
      drafts.submitProposal(undefined, formOf({ draft: "draft", command: command(), confirm: "on" }));
    request.person = stranger;
    expect(await ask()).toMatchObject({ code: "draft_not_found" });
    request.person = owner;
    const told = (await ask()) as Answer;
    expect(told?.code).toBeTruthy();
    expect(told?.code).not.toBe("draft_not_found");
  });

  it("nobody proposes for a subject that another person represents", async () => {
    const ask = (draft: string) =>
      drafts.autosaveStep(
        undefined,
        formOf({ draft, step: "who", revision: "0", subject: "subject", subjectKind: "person" }),
      );
    request.person = stranger;
    expect(await ask("strangers")).toMatchObject({ code: "subject_not_found" });
    expect(await db.proposal.findFirst({ where: { id: "strangers" } })).toMatchObject({ subject: null });
    request.person = owner;
    expect(await ask("draft")).toMatchObject({ done: expect.any(String) });
    expect(await db.proposal.findFirst({ where: { id: "draft" } })).toMatchObject({ subject: "subject" });
  });
});

describe("an upload", () => {
  const hash = "a".repeat(64);
  const use = { type: "proposal", id: "draft" };
  const upload = async (aboutType: string, aboutId: string) => {
    await db.storedFile.createMany({
      data: [{ municipality: torino, hash, size: 1, mediaType: "text/plain" }],
      skipDuplicates: true,
    });
    await db.attachment.create({
      data: { municipality: torino, id: "file", hash, name: "a.txt", aboutType, aboutId, uploadedBy: owner },
    });
  };
  const others = () => [
    { municipality: torino, person: stranger },
    { municipality: aglie, person: owner },
  ];
  const mine = () => ({ municipality: torino, person: owner });

  it("is put to use by its uploader alone, in its municipality", async () => {
    await upload("upload", "");
    for (const other of others())
      await expect(attach(db, other, "file", { ...use, public: false })).rejects.toMatchObject({
        code: "file_not_found",
      });
    await attach(db, mine(), "file", { ...use, public: false });
    await expect(attach(db, mine(), "file", { ...use, public: false })).rejects.toMatchObject({
      code: "file_not_found",
    });
  });

  it("is taken out again by its uploader alone", async () => {
    await upload(use.type, use.id);
    for (const other of others()) await detach(db, other, "file", use);
    await detach(db, mine(), "file", { ...use, id: "another" });
    expect(await db.attachment.count()).toBe(1);
    await detach(db, mine(), "file", use);
    expect(await db.attachment.count()).toBe(0);
  });

  it("is forgotten by its uploader alone, and only while it waits", async () => {
    await upload("upload", "");
    for (const other of others()) await discardUpload(other, "file");
    await db.attachment.updateMany({ data: { aboutType: use.type } });
    await discardUpload(mine(), "file");
    expect(await db.attachment.count()).toBe(1);
  });
});

describe("an intention", () => {
  it("is the same one only of the same person, in the same office, for the same organisation", async () => {
    const id = randomUUID();
    const signer = { person: owner, organisation: "Comune", role: "administrator" } as const;
    const ask = (changes: object) =>
      enqueue(db, {
        id,
        transaction: "municipality:withdrawSigningKey",
        input: { municipality: torino, id: "key" },
        signer: { ...signer, ...changes },
        subject: { type: "signing_key", id: "key" },
      });
    await ask({});
    await ask({});
    for (const changes of [{ organisation: "Case" }, { person: stranger }, { role: "registrar" }])
      await expect(ask(changes)).rejects.toMatchObject({ code: "command_reused" });
    expect(await db.outboxItem.count()).toBe(1);
  });
});

/** What a refused request must leave as it is. */
async function everything() {
  return {
    proposals: await db.proposal.findMany({ orderBy: { id: "asc" } }),
    comments: await db.comment.findMany(),
    queued: await db.outboxItem.count(),
  };
}
