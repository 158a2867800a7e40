import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { proposalsInCall } from "@/features/calls/proposal-list-queries";
import { listCommons } from "@/features/commons/list-queries";
import { commonsBySlug } from "@/features/commons/queries";
import { liveliest } from "@/features/commons/stage";
import { listPacts } from "@/features/pacts/queries";
import { freshDatabase } from "./database";
import { torino } from "./register-rows";

Object.assign(process.env, {
  KEY_ENCRYPTION_KEY: randomBytes(32).toString("hex"),
  FISCAL_NUMBER_KEY: randomBytes(32).toString("hex"),
  LEDGER_CONNECTION: "no-such-connection.json",
});
vi.stubEnv("ORIGIN", "http://localhost:3000");
const { db } = await freshDatabase();

const COUNT = 60;
const salt = "0".repeat(64);
const index = Array.from({ length: COUNT }, (_, n) => n);
const id = (kind: string, n: number) => `${kind}-${String(n).padStart(2, "0")}`;
/** The stage that each commons comes to, by its number. */
const proposalStates = ["submitted", "published", "funded", "admitted", "abandoned"];
const pactStates = ["draft", "active", "expired"] as const;
const stageOf = (n: number) => {
  const [proposal, pact] = [proposalStates[n % 5], n % 4 === 0 ? pactStates[n % 3] : "draft"];
  return pact !== "draft" ? `pact_${pact}` : proposal === "submitted" ? "known" : proposal;
};

beforeAll(async () => {
  const written = { municipality: torino, record: {}, transactionId: salt };
  await db.commons.createMany({
    data: index.map((n) => ({
      ...{ municipality: torino, id: id("commons", n), slug: id("bene", n), name: id("Bene", n), salt },
      ...{ kind: "garden", district: (n % 8) + 1, createdBy: "x", publishedAt: new Date() },
    })),
  });
  await db.commons.create({
    data: {
      ...{ municipality: torino, id: "hidden", slug: "hidden", name: "Nascosto", kind: "garden", salt },
      createdBy: "x",
    },
  });
  const proposal = (n: number, block: number, state: string) => ({
    ...{ ...written, id: id(`proposal-${block}`, n), call: "call", commons: id("commons", n), state, block },
    ...{
      subject: "x",
      representative: "x",
      version: 1,
      digest: salt,
      costCents: 1n,
      submittedOn: "2026-01-01",
    },
  });
  await db.chainProposal.createMany({
    data: index.flatMap((n) => [
      proposal(n, 1, proposalStates[n % 5] === "submitted" ? "submitted" : "withdrawn"),
      proposal(n, 2, proposalStates[n % 5] ?? ""),
    ]),
  });
  const pacts = index.filter((n) => n % 4 === 0);
  await db.chainPact.createMany({
    data: pacts.map((n) => ({
      ...{
        ...written,
        id: id("pact", n),
        proposal: id("proposal-2", n),
        commons: id("commons", n),
        block: 3,
      },
      ...{ state: pactStates[n % 3] ?? "", version: 1, startsOn: "2026-01-01", endsOn: "2027-01-01" },
      ...{ documentHash: salt, form: "ordinary" },
    })),
  });
  await db.pact.createMany({
    data: pacts.map((n) => ({
      ...{ municipality: torino, id: id("pact", n), slug: id("patto", n), title: id("Patto", n) },
      ...{ proposal: id("proposal-2", n), commons: id("commons", n), form: "ordinary", createdBy: "x" },
      ...{ content: {}, startsOn: "2026-01-01", endsOn: "2027-01-01" },
    })),
  });
});

describe("the list of commons", () => {
  it("has each once over its pages, by name, with how far it has come", async () => {
    const pages = await Promise.all([1, 2, 3].map((page) => listCommons(torino, {}, { most: 24, page })));
    expect(pages.map(({ commons }) => commons.length)).toEqual([24, 24, 12]);
    expect(pages[0]).toMatchObject({ count: COUNT, pages: 3 });
    const cards = pages.flatMap(({ commons }) => commons);
    expect(cards.map(({ id: one, stage }) => [one, stage])).toEqual(
      index.map((n) => [id("commons", n), stageOf(n)]),
    );
    for (const { slug, stage } of cards.slice(0, 20))
      expect((await commonsBySlug(torino, slug, undefined))?.stage).toBe(stage);
    expect(await listCommons(torino, {}, { most: 24, page: 99 })).toEqual(pages[2]);
    expect(await listCommons("001002", {}, { most: 24, page: 9 })).toMatchObject({ count: 0, page: 1 });
  });

  it("is narrowed by stage and district, and to those asked for", async () => {
    const wanted = index.filter((n) => stageOf(n) === "funded" && n % 8 === 2);
    const found = await listCommons(torino, { stage: "funded", district: 3 }, { most: 60 });
    expect(found.commons.map(({ slug }) => slug)).toEqual(wanted.map((n) => id("bene", n)));
    const only = await listCommons(torino, {}, { most: 60, only: ["commons-07", "hidden"] });
    expect(only.commons.map(({ slug }) => slug)).toEqual(["bene-07"]);
  });

  it("begins with one of each stage in which something is going on", async () => {
    const { commons } = await listCommons(torino, {}, { most: COUNT, order: "movement" });
    const stages = commons.map(({ stage }) => stage);
    const lively = liveliest.filter((stage) => stages.includes(stage));
    expect(lively.length).toBeGreaterThan(2);
    expect(stages.slice(0, lively.length)).toEqual(lively);
    const quiet = stages.findIndex((stage) => !liveliest.includes(stage));
    expect(stages.slice(quiet).some((stage) => liveliest.includes(stage))).toBe(false);
  });
});

it("proposals of a call are paged by the name of their commons", async () => {
  const [first, second] = [
    await proposalsInCall(torino, "call", 1),
    await proposalsInCall(torino, "call", 2),
  ];
  const all = [...first.proposals, ...second.proposals];
  const open = index.filter((n) => proposalStates[n % 5] !== "submitted");
  expect(all.map(({ commonsSlug }) => commonsSlug)).toEqual(
    open.flatMap((n) => [id("bene", n), id("bene", n)]),
  );
  expect([first.pages, second.page]).toEqual([2, 2]);
  expect((await proposalsInCall(torino, "call", 9)).page).toBe(1);
});

it("pacts in force stand before those being made and those that have ended", async () => {
  const { pacts, pages } = await listPacts(torino, 1);
  expect(pages).toBe(1);
  const ranks = pacts.map(({ state }) => ["active", "draft", "expired"].indexOf(state));
  expect(ranks).toHaveLength(15);
  expect(ranks).toEqual([...ranks].sort());
});
