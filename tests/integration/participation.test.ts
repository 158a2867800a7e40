import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { participationIn } from "@/features/statistics/queries";
import { freshDatabase } from "./database";

const { db } = await freshDatabase();
const torino = "001272";
const aglie = "001001";
const written = { transactionId: "t".repeat(64), block: 1n };

async function commons(municipality: string, district: number | null): Promise<string> {
  const id = randomUUID();
  await db.commons.create({
    data: {
      ...{
        municipality,
        id,
        name: id,
        slug: id,
        kind: "square",
        salt: "s".repeat(64),
        createdBy: "somebody",
      },
      ...{ district, publishedAt: new Date("2026-01-01") },
    },
  });
  return id;
}

async function proposal(
  municipality: string,
  place: string,
  by: string,
  state = "admitted",
): Promise<string> {
  const id = randomUUID();
  await db.chainProposal.create({
    data: {
      ...{ municipality, id, call: "call", commons: place, subject: "subject", representative: by, state },
      ...{ version: 1, digest: "d".repeat(64), costCents: 100n, submittedOn: "2026-03-01", record: {} },
      ...written,
    },
  });
  return id;
}

async function joined(municipality: string, of: { proposal: string; commons: string }, people: string[]) {
  await db.chainAdhesion.createMany({
    data: people.map((person) => ({
      ...{ municipality, id: `${of.proposal}/${person}`, ...of, person, kind: "support" },
      ...{ withdrawn: person.startsWith("gone"), record: {}, ...written },
    })),
  });
}

const some = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name}-${index}`);

beforeAll(async () => {
  const [one, two, three] = [await commons(torino, 1), await commons(torino, 2), await commons(torino, 3)];
  const first = await proposal(torino, one, "anna");
  const second = await proposal(torino, two, "anna");
  await proposal(torino, three, "bruno", "withdrawn");
  await joined(torino, { proposal: first, commons: one }, [...some("a", 30), ...some("gone", 5)]);
  await joined(torino, { proposal: second, commons: two }, some("a", 3));
  const third = await proposal(torino, three, "carla");
  await joined(torino, { proposal: third, commons: three }, some("c", 14));
  await db.comment.create({
    data: {
      ...{ id: "c1", municipality: torino, aboutType: "proposal", aboutId: second, author: "dario" },
      ...{ kind: "remark", text: "Bene.", createdAt: new Date("2026-12-31T23:30:00Z") },
    },
  });
  await proposal(aglie, await commons(aglie, null), "elena");
});

describe("participation", () => {
  it("counts each person once, in the year of Italy, without what was withdrawn, and of one municipality", async () => {
    const { people, years, districts } = await participationIn(torino, true);
    expect(people).toBe(1 + 30 + 1 + 14 + 1);
    expect(years).toEqual([
      { year: "2027", proposals: 0, comments: 1, meetings: 0, attendance: 0 },
      { year: "2026", proposals: 3, comments: 0, meetings: 0, attendance: 0 },
    ]);
    expect(districts).toEqual([
      { district: 1, commons: 1, proposals: 1, people: 31 },
      { district: 2, commons: 1, proposals: 1, people: 5 },
      { district: 3, commons: 1, proposals: 1, people: 15 },
    ]);
    expect((await participationIn(aglie, true)).people).toBe(1);
  });

  it("tells others no small number of people, nor one from which it follows", async () => {
    const { people, districts } = await participationIn(torino, false);
    expect(people).toBe(47);
    expect(districts.map((row) => row.people)).toEqual([31, null, null]);
    expect(await participationIn(aglie, false)).toMatchObject({
      people: null,
      districts: [{ people: null }],
    });
  });
});
