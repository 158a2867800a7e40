import { randomBytes } from "node:crypto";
import { beforeAll, expect, it, vi } from "vitest";
import { listPicturedCalls } from "@/features/calls/picture-queries";
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
const salt = "0".repeat(64);
const elsewhere = "001002";
const written = { municipality: torino, record: {}, transactionId: salt, block: 1 };
const days = { opensOn: "2026-01-01", closesOn: "2026-02-01" };

beforeAll(async () => {
  for (const call of ["schools", "squares", "empty"]) {
    const rules = { scopes: ["A"], threshold: 0, requiredScores: 1, maxCostCents: 1n, lines: [] };
    await db.call.create({
      data: {
        ...{
          municipality: torino,
          id: call,
          slug: call,
          title: call,
          summary: "",
          objectives: "",
          whoMay: "",
        },
        ...{ ...rules, ...days, criteria: [], salt, createdBy: "x" },
      },
    });
    await db.chainCall.create({ data: { ...written, ...rules, ...days, id: call, digest: salt } });
  }
  await commons("photographed", "school", "schools", "2026-01-10", "published");
  await commons("latest", "square", "schools", "2026-01-20", "published");
  await commons("only", "building", "squares", "2026-01-05", "published");
  await commons("not-public", "green_area", "squares", "2026-01-25", "submitted");
  await photograph(torino, "photographed", {});
  await photograph(torino, "latest", { removedAt: new Date(), removedBy: "x" });
  await photograph(elsewhere, "latest", {});
  await db.chainPact.create({
    data: {
      ...{ ...written, id: "pact", proposal: "of-photographed", commons: "photographed", state: "active" },
      ...{ version: 1, startsOn: "2026-01-01", endsOn: "2027-01-01", documentHash: salt, form: "ordinary" },
    },
  });
  await db.pact.create({
    data: {
      ...{ municipality: torino, id: "pact", slug: "patto", title: "Patto", proposal: "of-photographed" },
      ...{ commons: "photographed", form: "ordinary", createdBy: "x", content: {} },
      ...{ startsOn: "2026-01-01", endsOn: "2027-01-01" },
    },
  });
});

it("a call shows a commons proposed under it: one with a photograph first, and nothing that is not public", async () => {
  const calls = await listPicturedCalls(torino);
  const shown = new Map(calls.map(({ id, commons: one }) => [id, one]));
  expect(shown.get("schools")).toMatchObject({
    ...{ id: "photographed", kind: "school" },
    picture: { alternativeText: "photographed in 001272" },
  });
  expect(shown.get("squares")).toEqual({ id: "only", kind: "building" });
  expect(calls).toHaveLength(3);
  expect(shown.get("empty")).toBeUndefined();
});

it("a pact is listed with the photograph of its commons", async () => {
  const { pacts } = await listPacts(torino, 1);
  expect(pacts.map(({ commons: one }) => one)).toMatchObject([
    { id: "photographed", kind: "school", picture: { alternativeText: "photographed in 001272" } },
  ]);
});

async function commons(id: string, kind: string, call: string, submittedOn: string, state: string) {
  await db.commons.create({
    data: {
      ...{
        municipality: torino,
        id,
        slug: id,
        name: id,
        salt,
        kind,
        createdBy: "x",
        publishedAt: new Date(),
      },
    },
  });
  await db.chainProposal.create({
    data: {
      ...{ ...written, id: `of-${id}`, call, commons: id, state, submittedOn, digest: salt },
      ...{ subject: "x", representative: "x", version: 1, costCents: 1n },
    },
  });
}

async function photograph(
  municipality: string,
  of: string,
  removed: { removedAt?: Date; removedBy?: string },
) {
  await db.picture.create({
    data: {
      ...{ id: `${municipality}-${of}`, municipality, aboutType: "commons", aboutId: of, commons: of },
      ...{ alternativeText: `${of} in ${municipality}`, author: "Ufficio", takenOn: "2026-05-01" },
      ...{ license: "CC-BY-4.0", people: "none", focus: "attention", uploadedBy: "x", ...removed },
    },
  });
}
