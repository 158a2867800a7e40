import { randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Viewer } from "@/lib/permissions";
import { argumentsOf, isOfOneMunicipality, samplesFor } from "../e2e/isolation/arguments";
import { exportedFunctions } from "../e2e/isolation/signatures";
import type { Town } from "../e2e/isolation/town";
import { request, serverActions } from "./actions/request";
import { proposalOnLedger, settle, torino } from "./actions/town";
import { takeOffice } from "./register-rows";

const { db } = await serverActions();

/*
 * An open round with ballots in it. Every query of the application is called for its municipality, and every route asked,
 * with every id there is, by an officer: nothing may say what was voted, with which keys, in which transactions or when.
 */
const round = "round-open";
const closesAt = new Date(Date.now() + 86_400_000);
/** Project numbers that stand nowhere else. */
const numbers = [71_031, 71_032, 71_033];
const ballots = Array.from({ length: 3 }, (_, index) => ({
  key: randomBytes(32).toString("hex"),
  signature: randomBytes(64).toString("hex"),
  transactionId: randomBytes(32).toString("hex"),
  choice: numbers[index % 2] ?? 0,
  seq: 1,
  block: BigInt(10 + index),
  statedTime: new Date(Date.UTC(2026, 2, 3, 4, 5, 6, 100 + index)),
}));
const records = { Round: [{ id: round, slug: "la-votazione" }], round: [{ id: round }] };
const ids = [
  ...[round, "la-votazione"],
  ...ballots.flatMap(({ key, transactionId }) => [key, transactionId]),
  ...ballots.map(({ key }) => `${round}/${key}/1`),
];
const town = {
  ...{ istatCode: torino, slug: "torino", name: "Torino", words: [], codes: new Set<string>() },
  // Under every name of a record each of the ids has its turn.
  records: new Proxy({ all: ids.map((id) => ({ id, slug: id })) } as Town["records"], {
    get: (target, name) => target[String(name)] ?? records[String(name) as "Round"] ?? target.all,
  }),
  digests: ids,
} satisfies Town;
const officer: Viewer = {
  ...{ id: "person-officer", name: "", language: "it" },
  roles: [{ municipality: torino, organisation: "Comune", role: "responsible_officer" }],
};

const queries = (await exportedFunctions("features", /queries\.ts$/)).filter(isOfOneMunicipality);

beforeAll(async () => {
  await settle(db);
  await proposalOnLedger(db, { id: "proposal-1", state: "on_ballot" });
  await db.person.create({ data: { id: officer.id, displayName: "Officer" } });
  await takeOffice(db, {
    ...{ municipality: torino, person: officer.id, organisation: "Comune", role: "responsible_officer" },
  });
  request.person = officer.id;
  await db.call.create({
    data: {
      ...{ municipality: torino, id: "call-1", slug: "bando", title: "Bando", summary: "", objectives: "" },
      ...{ whoMay: "", documentsAsked: "", scopes: ["A"], opensOn: "2026-01-01", closesOn: "2026-02-01" },
      ...{ rolling: false, criteria: [], threshold: 0, requiredScores: 1, maxCostCents: 1n, lines: [] },
      ...{ salt: "", createdBy: officer.id },
    },
  });
  await openRound("open");
});

async function openRound(state: string): Promise<void> {
  const record = {
    ...{ municipality: torino, id: round, state, ballotKind: "open", rollSize: 100, budgetCents: 100 },
    ballot: { type: "approval", least: 1, most: 1 },
    rule: { kind: "greedy" },
    projects: numbers.map((number) => ({
      ...{ number, proposal: "proposal-1", commons: "commons-of-proposal-1", costCents: 10 },
      digest: "d".repeat(64),
    })),
    attestations: [],
  };
  await db.round.create({
    data: {
      ...{
        municipality: torino,
        id: round,
        slug: "la-votazione",
        title: "La votazione",
        summary: "",
        call: "call-1",
      },
      ...{
        ballotType: "approval",
        least: 1,
        most: 1,
        rule: {},
        budgetCents: 100n,
        proposals: ["proposal-1"],
      },
      ...{
        opensOn: "2026-03-01",
        closesAt,
        requiredAttestations: 2,
        objectionDays: 0,
        createdBy: officer.id,
      },
    },
  });
  const place = { transactionId: "0".repeat(64), block: 1n };
  await db.chainDay.create({
    data: { ...place, municipality: torino, id: "day", day: "2026-03-03", record: {} },
  });
  await db.chainRound.create({
    data: {
      ...{ ...place, municipality: torino, id: round, call: "call-1", state, ballotKind: "open", closesAt },
      ...{ budgetCents: 100n, rollSize: 100, frozenDigest: "f".repeat(64), opensOn: "2026-03-01", record },
      ...{ requiredAttestations: 2, objectionDays: 0, openObjections: 0, reconstruction: false },
    },
  });
  for (const { key, signature, transactionId, choice, seq, block, statedTime } of ballots) {
    const id = `${round}/${key}/${seq}`;
    const ballot = { municipality: torino, round, key, seq, choices: [choice], signature };
    await db.chainBallot.create({
      data: {
        ...{ municipality: torino, id, round, key, seq },
        choices: [choice],
        record: ballot,
        transactionId,
        block,
      },
    });
    await db.chainTransaction.create({
      data: {
        ...{
          block,
          index: 0,
          id: transactionId,
          code: 0,
          name: "rounds:cast",
          mspId: "ComuneMSP",
          statedTime,
        },
        ...{
          municipality: torino,
          organisation: "Comune",
          role: "casting_service",
          person: "service-casting",
        },
        day: "2026-03-03",
      },
    });
    await db.chainEntry.create({
      data: {
        ...{ block, index: 0, position: 0, municipality: torino, type: "ballot" },
        recordId: id,
        record: ballot,
      },
    });
    await db.outboxItem.create({
      data: {
        ...{
          id: crypto.randomUUID(),
          municipality: torino,
          transaction: "rounds:cast",
          person: "service-casting",
        },
        ...{
          organisation: "Comune",
          role: "casting_service",
          by: "service",
          subjectType: "ballot",
          subjectId: `${round}/${key}`,
        },
        ...{
          status: "committed",
          transactionId,
          block,
          input: { municipality: torino, round, ballots: [ballot] },
        },
      },
    });
  }
}

describe("an open round", () => {
  it.each(queries)("is not told by $file $name", async (exported) => {
    const module = (await import(/* @vite-ignore */ join(process.cwd(), exported.file))) as Record<
      string,
      unknown
    >;
    const run = module[exported.name] as (...values: unknown[]) => unknown;
    for (let sample = 0; sample < Math.max(ids.length, samplesFor(exported, town)); sample += 1) {
      const values = await argumentsOf(exported, { own: town, other: town, viewer: officer, sample });
      const answer = await Promise.resolve()
        .then(() => run(...values))
        .catch((error: unknown) => String(error));
      expect(told(text(answer), text(values)), `${exported.name} ${text(values)}`).toEqual([]);
    }
  });

  it("is not told by any route", async () => {
    const routes = (await readdir("app/api", { recursive: true })).filter((name) =>
      name.endsWith("route.ts"),
    );
    expect(routes.length).toBeGreaterThan(8);
    for (const route of routes.filter((name) => !name.includes("nextauth"))) {
      const { GET } = (await import(/* @vite-ignore */ join(process.cwd(), "app/api", route))) as {
        GET?: (request: Request, context: object) => Promise<Response>;
      };
      if (!GET) continue;
      for (const id of ids)
        for (const file of ["ballots.csv", "ballots.pb"]) {
          const params = { municipality: "torino", round: id, id, file, name: file };
          const answer = await GET(new Request("http://localhost:3000/"), {
            params: Promise.resolve(params),
          }).then(
            (response) => response.text(),
            (error: unknown) => String(error),
          );
          expect(told(answer, id), `${route} ${id} ${file}`).toEqual([]);
        }
    }
  });

  it("says until yesterday how many have voted, and tells its ballots once it is closed", async () => {
    const { roundById, listRounds } = await import("@/features/rounds/queries");
    const { ballotsCsv } = await import("@/features/rounds/result-queries");
    const voters = async () => [
      (await roundById(torino, round))?.voters,
      (await listRounds(torino)).map((card) => card.voters),
    ];
    expect(await voters()).toEqual([0, [0]]);
    await db.chainDay.updateMany({ data: { day: "2026-03-04" } });
    expect(await voters()).toEqual([3, [3]]);
    await db.chainDay.updateMany({ data: { day: "2026-03-03" } });
    await expect(ballotsCsv(torino, round)).rejects.toMatchObject({ code: "ballots_not_told" });
    await db.chainRound.updateMany({ where: { id: round }, data: { state: "closed" } });
    expect(await voters()).toEqual([3, [3]]);
    expect((await ballotsCsv(torino, round)).split("\n")).toHaveLength(ballots.length + 2);
  });
});

/** What of the ballots stands in an answer and was not asked with. */
function told(answer: string, asked: string): string[] {
  const counts = numbers.flatMap((number) => [`"${number}":`, `[${number}]`, `"choices":[${number}]`]);
  const times = ballots.map(({ statedTime }) => statedTime.toISOString());
  // Whoever has a receipt's key may see that its ballot is recorded.
  const codes = ballots.flatMap(({ key, signature, transactionId }) =>
    asked.includes(key) ? [signature] : [key, signature, transactionId],
  );
  return [...counts, ...times, ...codes].filter(
    (secret) => answer.includes(secret) && !asked.includes(secret),
  );
}

function text(value: unknown): string {
  return (
    JSON.stringify(value, (_, inner: unknown) => {
      if (typeof inner === "bigint") return inner.toString();
      if (inner instanceof Map || inner instanceof Set) return [...inner];
      return inner === db ? "db" : inner;
    }) ?? ""
  );
}
