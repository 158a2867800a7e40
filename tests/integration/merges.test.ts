/** Two proposals that became one, and what is shown, told and allowed when they are separated again. */
import { randomUUID } from "node:crypto";
import { beforeEach, expect, it } from "vitest";
import { settle, torino } from "./actions/town";
import { freshDatabase } from "./database";
import { act, actor } from "./register-rows";

const { db } = await freshDatabase();
const { proposalOnLedger } = await import("./actions/town");
const { officeProposal } = await import("@/features/assessment/office-queries");
const { separateProposal } = await import("@/features/assessment/service");
const { subjectsOf } = await import("@/features/notifications/rules");
const { mergesOf } = await import("@/features/proposals/merges-queries");

const officer = actor("olga", "Comune", "responsible_officer");
const viewer = { id: "olga", name: "Olga", language: "it", roles: [] } as const;
const into = (state: string) =>
  db.chainProposal.update({
    where: { municipality_id: { municipality: torino, id: "garden" } },
    data: { state },
  });
const separate = () => separateProposal(officer, "pond", act, randomUUID());

await settle(db);
const call = {
  ...{ municipality: torino, id: "call-1", opensOn: "2026-01-01", closesOn: "2026-03-01", scopes: ["A"] },
  ...{ threshold: 60, requiredScores: 2, maxCostCents: 1n, lines: [] },
};
await db.call.create({
  data: {
    ...{ ...call, slug: "bando", title: "Bando", summary: "", objectives: "", whoMay: "" },
    ...{ documentsAsked: "", rolling: false, criteria: [], salt: "", createdBy: "olga" },
  },
});
await db.chainCall.create({
  data: { ...call, digest: "0".repeat(64), record: {}, transactionId: "0".repeat(64), block: 1n },
});
await proposalOnLedger(db, { id: "garden", state: "published" });
await proposalOnLedger(db, { id: "pond", state: "merged", representative: "paola" });
await db.chainProposal.update({
  where: { municipality_id: { municipality: torino, id: "pond" } },
  data: { mergedInto: "garden" },
});
await db.comment.create({
  data: {
    ...{ municipality: torino, id: "comment-1", aboutType: "proposal", aboutId: "pond" },
    ...{ author: "mario", kind: "for", text: "Bene" },
  },
});

beforeEach(async () => {
  await db.outboxItem.deleteMany();
  await into("published");
});

it("shows the office which one it went into, and lets it separate them while nothing was decided there", async () => {
  expect(await mergesOf(torino, "pond")).toMatchObject({ into: { id: "garden" }, from: [] });
  expect(await mergesOf(torino, "garden")).toMatchObject({ from: [{ id: "pond", comments: 1 }] });
  expect((await officeProposal(torino, "pond", viewer))?.separable).toBe(true);
  expect((await officeProposal(torino, "garden", viewer))?.separable).toBe(false);
  await separate();
  const [item] = await db.outboxItem.findMany();
  expect(item).toMatchObject({
    ...{ transaction: "proposals:separate", person: "olga" },
    input: expect.objectContaining({ id: "pond", act }),
  });
});

it.each(["admitted", "not_admitted", "withdrawn", "merged", "on_ballot"])(
  "does not separate once the other one is %s",
  async (state) => {
    await into(state);
    expect((await officeProposal(torino, "pond", viewer))?.separable).toBe(false);
    await expect(separate()).rejects.toMatchObject({ code: "proposal_moved_on", params: { state } });
    expect(await db.outboxItem.count()).toBe(0);
  },
);

it("tells those who follow either of the two", () => {
  const written = ["pond", "garden"].map((id) => ({ type: "proposal", record: { id } }) as never);
  expect(subjectsOf(["commons-of-pond"], written)).toEqual([
    ...["commons:commons-of-pond", "proposal:pond", "proposal:garden"],
  ]);
});
